package io.gemoclap.features;

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

  private static final int DIMS = NAMES.size();
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
    this.shape =
        new SpectralShape(part.fftSize() / 2 + 1, (double) sampleRate / part.fftSize());
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
    double squares = 0;
    double more = 0;
    int end = start + part.windowSamples();
    int i = start;
    for (; i + 1 < end; i += 2) {
      squares += padded[i] * padded[i];
      more += padded[i + 1] * padded[i + 1];
    }
    squares += i < end ? padded[i] * padded[i] : 0;
    double rms = Math.sqrt((squares + more) / part.windowSamples());
    return (float) (20 * FastLog.log10(Math.max(rms, SILENCE_RMS)));
  }

  /** Counts sign changes since sample {@code start}; the parts outside the segment have none. */
  private void countCrossings(int start, int span) {
    int count = 0;
    crossings[0] = 0;
    for (int i = 1; i < span; i++) {
      int at = start + i;
      if (at > 0 && at < segment.length) {
        count += segment[at] < -ZERO != segment[at - 1] < -ZERO ? 1 : 0;
      }
      crossings[i] = count;
    }
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
