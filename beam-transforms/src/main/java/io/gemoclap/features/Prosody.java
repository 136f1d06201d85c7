package io.gemoclap.features;

import java.util.List;

/** Pitch, voicing, energy and spectral shape: the columns of {@link FeatureSpec#prosody()}. */
final class Prosody implements FeatureExtractor {
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
  private final int sampleRate;
  private final int padding;
  private final PaddedSignal signal;
  private final PitchTracker pitch;
  private final PowerSpectrum spectrum;
  private final SpectralShape shape;
  private final float[] power;

  Prosody(FeaturePart part, int sampleRate) {
    this.part = part;
    this.sampleRate = sampleRate;
    this.padding = Math.max(part.pitchSamples(), part.windowSamples()) / 2;
    this.signal = new PaddedSignal(padding, false);
    this.pitch = PitchTracker.of(part, sampleRate);
    this.spectrum = new PowerSpectrum(Windows.periodicHann(part.windowSamples()), part.fftSize());
    this.shape = new SpectralShape(spectrum.size(), (double) sampleRate / part.fftSize());
    this.power = new float[spectrum.size()];
  }

  @Override
  public FeatureMatrix extract(float[] samples) {
    SampleChecks.require(samples, minSamples(), "are needed to detect the lowest pitch");
    int frames = 1 + samples.length / part.hopSamples();
    float[] values = new float[frames * DIMS];
    float[] padded = signal.of(samples);
    pitch.begin(frames, padded, samples.length + 2 * padding);
    for (int frame = 0; frame < frames; frame++) {
      int centre = frame * part.hopSamples();
      int start = padding + centre - part.windowSamples() / 2;
      pitch.add(frame, padding + centre - part.pitchSamples() / 2);
      values[frame * DIMS + 2] = decibels(padded, start);
      spectrum.compute(padded, start, power);
      shape.compute(power, values, frame * DIMS + 3);
      values[frame * DIMS + 6] = zeroCrossings(samples, centre - part.windowSamples() / 2);
    }
    pitch.finish(frames, values, DIMS);
    return FeatureMatrix.of(frames, DIMS, values);
  }

  private float decibels(float[] padded, int start) {
    double squares = 0;
    for (int i = start; i < start + part.windowSamples(); i++) {
      squares += padded[i] * padded[i];
    }
    double rms = Math.sqrt(squares / part.windowSamples());
    return (float) (20 * Math.log10(Math.max(rms, SILENCE_RMS)));
  }

  /** Sign changes inside the window, of which the parts outside the segment have none. */
  private float zeroCrossings(float[] samples, int start) {
    int end = Math.min(start + part.windowSamples(), samples.length);
    int first = Math.max(start, 0);
    int count = 0;
    for (int i = first + 1; i < end; i++) {
      if (samples[i] < -ZERO != samples[i - 1] < -ZERO) {
        count++;
      }
    }
    return (float) count / part.windowSamples();
  }

  @Override
  public int dims() {
    return DIMS;
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
  public double frameSeconds() {
    return (double) part.hopSamples() / sampleRate;
  }
}
