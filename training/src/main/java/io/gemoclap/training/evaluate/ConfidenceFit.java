package io.gemoclap.training.evaluate;

import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.evaluate.Calibration.Item;
import java.util.ArrayList;
import java.util.List;

/**
 * A temperature that grows with the distance from the training data: τ · dᵇ. Temperature scaling
 * (Guo et al. 2017) with one temperature for each sample (as of Balanya et al. 2022, who let it
 * depend on the sample), of two parameters that decide nothing but confidence.
 *
 * @param temperature τ, above 0
 * @param exponent b, 0 or more
 */
public record ConfidenceFit(double temperature, double exponent) {
  private static final int STEPS = 50;
  private static final double CONVERGED = 1e-8;

  /**
   * A held-out prediction.
   *
   * @param item its logits and the truth
   * @param logDistance ln d; 0 where it is not known
   */
  public record Sample(Item item, double logDistance) {}

  /**
   * The two numbers with the least negative log-likelihood, by Newton steps of halved length where
   * the full one does not improve it. If b would be below 0, it is 0.
   *
   * @param samples at least one
   */
  public static ConfidenceFit of(List<Sample> samples) {
    double tau = Calibration.temperature(samples.stream().map(Sample::item).toList());
    ConfidenceFit best = new ConfidenceFit(tau, 0);
    double loss = best.loss(samples);
    for (int step = 0; step < STEPS; step++) {
      double[] move = best.newton(samples);
      double before = loss;
      for (double length = 1; length > 1e-4; length /= 2) {
        ConfidenceFit next =
            new ConfidenceFit(
                best.temperature * Math.exp(length * move[0]), best.exponent + length * move[1]);
        double then = next.loss(samples);
        if (then < loss) {
          best = next;
          loss = then;
          break;
        }
      }
      if (before - loss < CONVERGED * samples.size()) {
        break;
      }
    }
    return best.exponent < 0 ? new ConfidenceFit(tau, 0) : best;
  }

  /**
   * The temperature with the least negative log-likelihood at a given exponent.
   *
   * @param samples at least one
   */
  public static ConfidenceFit withExponent(double exponent, List<Sample> samples) {
    List<Item> scaled = new ArrayList<>();
    for (Sample sample : samples) {
      double[] logits = sample.item().logits().clone();
      for (int c = 0; c < logits.length; c++) {
        logits[c] *= Math.exp(-exponent * sample.logDistance());
      }
      scaled.add(new Item(logits, sample.item().truth()));
    }
    return new ConfidenceFit(Calibration.temperature(scaled), exponent);
  }

  /** The probabilities that these numbers give a sample. */
  public double[] probabilities(Sample sample) {
    return ZeroShotClassifier.softmax(sample.item().logits(), inverse(sample));
  }

  private double inverse(Sample sample) {
    return Math.exp(-exponent * sample.logDistance()) / temperature;
  }

  private double loss(List<Sample> samples) {
    double sum = 0;
    for (Sample sample : samples) {
      sum -= Math.log(Math.max(1e-12, probabilities(sample)[sample.item().truth()]));
    }
    return sum;
  }

  /** A step in ln τ and b: minus the inverse of the Hessian times the gradient, or downhill. */
  private double[] newton(List<Sample> samples) {
    double first = 0;
    double second = 0;
    double aa = 1e-9;
    double ab = 0;
    double bb = 1e-9;
    for (Sample sample : samples) {
      double scale = inverse(sample);
      double[] p = probabilities(sample);
      double[] logits = sample.item().logits();
      double mean = 0;
      double squares = 0;
      for (int c = 0; c < p.length; c++) {
        mean += p[c] * scale * logits[c];
        squares += p[c] * scale * logits[c] * scale * logits[c];
      }
      // Of the loss by u = −ln T: the slope, and a curvature that is never below 0 (Gauss–Newton).
      double slope = mean - scale * logits[sample.item().truth()];
      double curvature = Math.max(0, squares - mean * mean);
      double x = sample.logDistance();
      first -= slope;
      second -= slope * x;
      aa += curvature;
      ab += curvature * x;
      bb += curvature * x * x;
    }
    double determinant = aa * bb - ab * ab;
    if (!(determinant > 1e-9 * aa * bb)) {
      return new double[] {-first / aa, 0};
    }
    return new double[] {
      -(bb * first - ab * second) / determinant, -(aa * second - ab * first) / determinant
    };
  }
}
