package io.gemoclap.features;

import java.util.List;

/** Pitch, voicing, energy and spectral shape. */
final class Prosody implements FeatureExtractor {
  private final FeaturePart part;
  private final int sampleRate;

  Prosody(FeaturePart part, int sampleRate) {
    this.part = part;
    this.sampleRate = sampleRate;
  }

  @Override
  public FeatureMatrix extract(float[] samples) {
    throw new IllegalArgumentException("not yet " + part);
  }

  @Override
  public int dims() {
    return names().size();
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public int minSamples() {
    return 0;
  }

  @Override
  public double frameSeconds() {
    return (double) part.hopSamples() / sampleRate;
  }
}
