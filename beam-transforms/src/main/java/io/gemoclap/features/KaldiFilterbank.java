package io.gemoclap.features;

import java.util.List;

/**
 * Kaldi's fbank without dither: whole windows only, each freed of its mean, pre-emphasised and
 * weighted with Povey's window; mel filters with peak 1 from above 0 Hz to below half the sampling
 * rate; natural logarithm of their power.
 */
final class KaldiFilterbank implements FeatureExtractor {
  /** Kaldi computes in the scale of 16-bit samples. */
  private static final double FULL_SCALE = 32_768;

  private static final double PRE_EMPHASIS = 0.97;

  /** Single-precision epsilon, the floor of Kaldi's logarithm. */
  private static final float FLOOR = Math.ulp(1f);

  private final FeaturePart part;
  private final int sampleRate;
  private final PowerSpectrum spectrum;
  private final MelFilters filters;
  private final double[] frame;
  private final float[] power;

  KaldiFilterbank(FeaturePart part, int sampleRate) {
    this.part = part;
    this.sampleRate = sampleRate;
    this.spectrum = new PowerSpectrum(Windows.povey(part.windowSamples()), part.fftSize());
    this.filters = MelFilters.kaldi(part, sampleRate);
    this.frame = new double[part.windowSamples()];
    this.power = new float[spectrum.size()];
  }

  @Override
  public FeatureMatrix extract(float[] samples) {
    SampleChecks.require(samples, minSamples(), "are needed to fill one analysis window");
    int frames = 1 + (samples.length - part.windowSamples()) / part.hopSamples();
    float[] values = new float[frames * part.bins()];
    for (int i = 0; i < frames; i++) {
      prepare(samples, i * part.hopSamples());
      spectrum.compute(frame, power);
      filters.apply(power, values, i * part.bins());
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.log(Math.max(values[i], FLOOR));
    }
    return FeatureMatrix.of(frames, part.bins(), values);
  }

  /** Scales, subtracts the mean and pre-emphasises; the first sample is its own predecessor. */
  private void prepare(float[] samples, int start) {
    double sum = 0;
    for (int i = 0; i < frame.length; i++) {
      sum += samples[start + i];
    }
    double mean = sum / frame.length;
    double before = samples[start] - mean;
    for (int i = 0; i < frame.length; i++) {
      double now = samples[start + i] - mean;
      frame[i] = (now - PRE_EMPHASIS * before) * FULL_SCALE;
      before = now;
    }
  }

  @Override
  public int dims() {
    return part.bins();
  }

  @Override
  public List<String> names() {
    return ColumnNames.numbered("kaldi", part.bins());
  }

  @Override
  public int minSamples() {
    return part.windowSamples();
  }

  @Override
  public double frameSeconds() {
    return (double) part.hopSamples() / sampleRate;
  }
}
