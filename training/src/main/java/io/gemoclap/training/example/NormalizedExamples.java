package io.gemoclap.training.example;

import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizationSpec;
import java.io.IOException;

/**
 * A training part standardised as the job says, and other parts alike: by the same prior. By {@code
 * AUTO}, the levels of the training part are drawn at random, and other parts have all of them.
 */
public final class NormalizedExamples {
  private final Normalization by;
  private final NormalizationSpec prior;
  private final Examples examples;

  /**
   * Learns the prior from the raw training part.
   *
   * @param archiveWeight used by {@code AUTO}
   */
  public NormalizedExamples(
      Normalization by, double priorWeight, double archiveWeight, Examples raw) throws IOException {
    this.by = by;
    switch (by) {
      case NONE -> {
        prior = null;
        examples = raw;
      }
      case AUTO -> {
        prior = GroupedExamples.collect(raw, by).hierarchy(priorWeight, archiveWeight);
        examples = SampledLevels.collect(raw).normalized(raw, prior);
      }
      default -> {
        GroupedExamples groups = GroupedExamples.collect(raw, by);
        prior = groups.prior(priorWeight);
        examples = groups.normalized(raw, prior);
      }
    }
  }

  /** The training part. */
  public Examples examples() {
    return examples;
  }

  /** What the training part taught; null without normalisation. */
  public NormalizationSpec prior() {
    return prior;
  }

  /**
   * Another part, standardised with its own groups' statistics and the same prior; null of null.
   */
  public Examples alike(Examples raw) throws IOException {
    return prior == null || raw == null
        ? raw
        : GroupedExamples.collect(raw, by).normalized(raw, prior);
  }
}
