package io.gemoclap.features;

/**
 * Frames as Kaldi cuts them, without dither: whole windows only, each freed of its mean,
 * pre-emphasised and weighted with Povey's window.
 */
final class KaldiFrames implements Framing {
  /** Kaldi computes in the scale of 16-bit samples. */
  private static final double FULL_SCALE = 32_768;

  private static final double PRE_EMPHASIS = 0.97;

  private final int window;
  private final int hop;
  private final PowerSpectrum spectrum;
  private final double[] prepared;
  private float[] samples = new float[0];

  KaldiFrames(FeaturePart part) {
    this.window = part.windowSamples();
    this.hop = part.hopSamples();
    this.spectrum = new PowerSpectrum(Windows.povey(window), part.fftSize());
    this.prepared = new double[window * Lanes.COUNT];
  }

  @Override
  public int begin(float[] segment) {
    samples = segment;
    return 1 + (segment.length - window) / hop;
  }

  @Override
  public float[][] power(int frame, int lanes) {
    for (int j = 0; j < lanes; j++) {
      prepare((frame + j) * hop, j * window);
    }
    return spectrum.compute(prepared, lanes);
  }

  /** Scales, subtracts the mean and pre-emphasises; the first sample is its own predecessor. */
  private void prepare(int start, int to) {
    double sum = 0;
    for (int i = 0; i < window; i++) {
      sum += samples[start + i];
    }
    double mean = sum / window;
    double before = samples[start] - mean;
    for (int i = 0; i < window; i++) {
      double now = samples[start + i] - mean;
      prepared[to + i] = (now - PRE_EMPHASIS * before) * FULL_SCALE;
      before = now;
    }
  }
}
