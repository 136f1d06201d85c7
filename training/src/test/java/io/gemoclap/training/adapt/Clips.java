package io.gemoclap.training.adapt;

import io.gemoclap.features.FeatureMatrix;

/** Clips for tests. */
final class Clips {
  private Clips() {}

  /** A clip of one feature. */
  static Clip clip(String id, String group, String label, float feature) {
    return new Clip(id, group, label, FeatureMatrix.of(1, 1, new float[] {feature}));
  }
}
