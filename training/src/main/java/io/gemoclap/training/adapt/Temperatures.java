package io.gemoclap.training.adapt;

import io.gemoclap.training.evaluate.ConfidenceFit;
import io.gemoclap.training.evaluate.ConfidenceFit.Sample;
import java.util.List;

/**
 * Fits the temperature of an adapted model, with the parent's exponent of the distance. A few clips
 * say little: the parent's temperature weighs as much as {@value #PRIOR} of them, in logarithms.
 */
final class Temperatures {
  private static final double PRIOR = 5;

  private Temperatures() {}

  /** The parent's numbers with the temperature that fits some predictions; any number of them. */
  static ConfidenceFit refitted(ConfidenceFit parent, List<Sample> samples) {
    if (samples.isEmpty()) {
      return parent;
    }
    double fitted = ConfidenceFit.withExponent(parent.exponent(), samples).temperature();
    double share = samples.size() / (samples.size() + PRIOR);
    return new ConfidenceFit(
        Math.exp(share * Math.log(fitted) + (1 - share) * Math.log(parent.temperature())),
        parent.exponent());
  }
}
