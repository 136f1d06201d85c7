package io.gemoclap.training.adapt;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableList;

/**
 * How a model is adapted. Immutable.
 *
 * @param part which weights move
 * @param steps number of steps, each over all clips and exemplars
 * @param learningRate of the first step; falls to 0 as a cosine
 * @param exemplarWeight what all exemplars weigh together, against 1 for all clips
 * @param keepWeight what the squared distance from the parent's weights costs (L2-SP: Li,
 *     Grandvalet and Davoine 2018)
 * @param seed of dropout
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AdaptSettings(
    Part part,
    int steps,
    double learningRate,
    double exemplarWeight,
    double keepWeight,
    long seed) {

  /** Weights of the audio tower. */
  public enum Part {
    /** The projection into the space of the sentences. */
    PROJECTION("heads.audio."),
    /** The projection and the encoder of emotion. */
    TOWER("heads.audio.", "audio.");

    private final ImmutableList<String> prefixes;

    Part(String... prefixes) {
      this.prefixes = ImmutableList.copyOf(prefixes);
    }

    boolean holds(String parameter) {
      return prefixes.stream().anyMatch(parameter::startsWith);
    }
  }

  /** What docs/decisions/0033 found best on EmoDB. */
  public static AdaptSettings defaults() {
    return new AdaptSettings(Part.TOWER, 100, 5e-4, 1, 0.01, 1);
  }
}
