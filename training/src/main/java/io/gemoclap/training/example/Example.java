package io.gemoclap.training.example;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.training.corpus.Utterance;
import java.util.List;

/**
 * An utterance, ready to be learned from.
 *
 * @param utterance the utterance
 * @param seconds its length
 * @param versions its features as recorded, then those of its perturbed copies
 */
public record Example(Utterance utterance, double seconds, List<FeatureMatrix> versions) {
  /** Copies the list. */
  public Example {
    versions = List.copyOf(versions);
  }

  /** The features as recorded. */
  public FeatureMatrix clean() {
    return versions.get(0);
  }
}
