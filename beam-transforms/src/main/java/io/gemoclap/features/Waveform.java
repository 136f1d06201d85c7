package io.gemoclap.features;

import java.util.List;

/** The samples themselves: as they are, or with zero mean and unit variance over the segment. */
record Waveform(FeaturePart part, int sampleRate) implements FeatureExtractor {
  /** Added to the variance, so that silence stays silence. */
  private static final double EPSILON = 1e-7;

  @Override
  public FeatureMatrix extract(float[] samples) {
    SampleChecks.require(
        samples, minSamples(), "are needed by the first layers of a waveform encoder");
    float[] values =
        part.preset() == FeaturePart.Preset.RAW ? samples.clone() : normalized(samples);
    return FeatureMatrix.of(values.length, 1, values);
  }

  private static float[] normalized(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += sample;
    }
    double mean = sum / samples.length;
    double squares = 0;
    for (float sample : samples) {
      squares += (sample - mean) * (sample - mean);
    }
    double scale = 1 / Math.sqrt(squares / samples.length + EPSILON);
    float[] values = new float[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((samples[i] - mean) * scale);
    }
    return values;
  }

  @Override
  public int dims() {
    return 1;
  }

  @Override
  public List<String> names() {
    return List.of("waveform");
  }

  @Override
  public int minSamples() {
    return part.windowSamples();
  }

  @Override
  public double frameSeconds() {
    return 1.0 / sampleRate;
  }
}
