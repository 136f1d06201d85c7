package io.gemoclap.training.prepare;

import io.gemoclap.features.FeatureSpec;
import java.io.Serializable;

/**
 * The features that are computed for each utterance.
 *
 * @param spec the features
 * @param copies perturbed copies in addition to the recording itself
 * @param seed decides the perturbations
 */
public record FeaturePlan(FeatureSpec spec, int copies, long seed) implements Serializable {
  /**
   * Raised whenever the same plan gives other features of the same file, as after a change to
   * decoding or to an extractor: features computed before are then not used again.
   */
  public static final int VERSION = 2;
}
