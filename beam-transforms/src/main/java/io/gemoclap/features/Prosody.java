package io.gemoclap.features;

import java.util.Arrays;
import java.util.List;

/** Pitch, voicing, energy and spectral shape: the columns of {@link FeatureSpec#prosody()}. */
final class Prosody implements SpectralColumns {
  static final List<String> NAMES =
      List.of(
          "f0_hz",
          "voicing",
          "energy_db",
          "centroid_hz",
          "rolloff_hz",
          "flatness",
          "zero_crossings");

  private static final double SILENCE_RMS = 1e-5;
  private static final float ZERO = 1e-10f;

  private final FeaturePart part;
  private final int padding;
  private final PaddedSignal signal;
  private final PitchTracker pitch;
  private final SpectralShape shape;
  private final int[] crossings;
  private float[] segment = new float[0];
  private float[] padded = new float[0];
  private Target to = Target.NOWHERE;
  private int frames;

  Prosody(FeaturePart part, int sampleRate) {
    this.part = part;
    this.padding = Math.max(part.pitchSamples(), part.windowSamples()) / 2;
    this.signal = new PaddedSignal(padding, false);
    this.pitch = PitchTracker.of(part, sampleRate);
    this.shape = new SpectralShape(part.fftSize() / 2 + 1, (double) sampleRate / part.fftSize());
    this.crossings = new int[Lanes.COUNT * part.hopSamples() + part.windowSamples()];
  }

  @Override
  public void begin(float[] samples, int frames, Target to) {
    this.segment = samples;
    this.frames = frames;
    this.to = to;
    padded = signal.of(samples);
    pitch.begin(frames, padded, samples.length + 2 * padding);
  }

  @Override
  public void add(int frame, int lanes, float[][] power) {
    int centre = frame * part.hopSamples();
    pitch.add(frame, lanes, padding + centre - part.pitchSamples() / 2);
    shape.compute(power, lanes, to, frame, 3);
    int span = (lanes - 1) * part.hopSamples() + part.windowSamples();
    countCrossings(centre - part.windowSamples() / 2, span);
    for (int j = 0; j < lanes; j++) {
      int start = centre + j * part.hopSamples() - part.windowSamples() / 2;
      to.values()[to.index(frame + j, 2)] = decibels(padding + start);
      to.values()[to.index(frame + j, 6)] = zeroCrossings(j * part.hopSamples());
    }
  }

  @Override
  public void finish() {
    pitch.finish(frames, to);
  }

  private float decibels(int start) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0; // four sums, of which none waits for another
    int end = start + part.windowSamples();
    int i = start;
    for (; i + 3 < end; i += 4) {
      first += padded[i] * padded[i];
      second += padded[i + 1] * padded[i + 1];
      third += padded[i + 2] * padded[i + 2];
      fourth += padded[i + 3] * padded[i + 3];
    }
    for (; i < end; i++) {
      first += padded[i] * padded[i];
    }
    double rms = Math.sqrt((first + second + third + fourth) / part.windowSamples());
    return (float) (20 * FastLog.log10(Math.max(rms, SILENCE_RMS)));
  }

  /** Counts sign changes since sample {@code start}; the parts outside the segment have none. */
  private void countCrossings(int start, int span) {
    int inside = Math.min(Math.max(1, 1 - start), span);
    int outside = Math.min(Math.max(segment.length - start, inside), span);
    Arrays.fill(crossings, 0, inside, 0);
    int count = 0;
    int before = inside < outside ? sign(segment[start + inside - 1]) : 0;
    for (int i = inside; i < outside; i++) {
      int sign = sign(segment[start + i]);
      count += sign ^ before;
      crossings[i] = count;
      before = sign;
    }
    Arrays.fill(crossings, outside, span, count);
  }

  /**
   * 1 if a sample is below {@code -ZERO}, otherwise 0; without a branch, which would be guessed.
   */
  private static int sign(float sample) {
    return Float.floatToRawIntBits(sample + ZERO) >>> 31;
  }

  /** Sign changes per sample in the window that begins {@code start} samples after the first. */
  private float zeroCrossings(int start) {
    int last = start + part.windowSamples() - 1;
    return (float) (crossings[last] - crossings[start]) / part.windowSamples();
  }

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public int minSamples() {
    return Math.max(part.pitchSamples(), part.windowSamples());
  }

  @Override
  public String whyMinSamples() {
    return "are needed to detect the lowest pitch";
  }
}
