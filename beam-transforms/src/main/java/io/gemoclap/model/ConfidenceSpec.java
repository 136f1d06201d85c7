package io.gemoclap.model;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.apache.beam.sdk.annotations.Internal;

/**
 * How sure a model may be of an emotion, as measured on speech that it was not trained on. An
 * immutable value that Jackson writes to JSON and reads back.
 *
 * @param distanceExponent b of the temperature τ · dᵇ of a segment at the {@linkplain Familiarity
 *     distance} d from the training data; 0 or more, so that no segment is trusted more for being
 *     further away
 * @param abstainBelow the least confidence of an emotion that is shown unless the user says
 *     otherwise, [0, 1]
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ConfidenceSpec(double distanceExponent, double abstainBelow) {
  /** Nearer than this is not more familiar: so small a distance has no precedent. */
  private static final double NEAREST = 0.25;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one lies outside its range
   */
  public ConfidenceSpec {
    if (!(distanceExponent >= 0) || Double.isInfinite(distanceExponent)) {
      throw new IllegalArgumentException(
          "The distance exponent is %s, but must be 0 or more".formatted(distanceExponent));
    }
    if (!(abstainBelow >= 0 && abstainBelow <= 1)) {
      throw new IllegalArgumentException(
          "The confidence to abstain below is %s, but must lie in [0, 1]".formatted(abstainBelow));
    }
  }

  /**
   * The logarithm of a distance, as the exponent multiplies it: ln d, at least that of 0.25.
   *
   * @param outOfDomain 0 or more; negative if unknown, which counts as 1
   */
  @Internal
  public static double logDistance(double outOfDomain) {
    return outOfDomain < 0 ? 0 : Math.log(Math.max(NEAREST, outOfDomain));
  }

  /** The factor dᵇ of the temperature of a segment. */
  double factor(double outOfDomain) {
    return Math.exp(distanceExponent * logDistance(outOfDomain));
  }
}
