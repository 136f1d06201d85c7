package io.gemoclap.training.evaluate;

import io.gemoclap.score.ZeroShotClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Temperature scaling (Guo et al. 2017): the one number that makes confidences honest without
 * changing any decision. Pure arithmetic.
 */
public final class Calibration {
  private static final double LOWEST = 0.02;
  private static final double HIGHEST = 50;

  private Calibration() {}

  /**
   * One held-out item.
   *
   * @param logits ε_a · cosine for each label
   * @param truth index of the right label
   */
  @SuppressWarnings("ArrayRecordComponent") // a row of numbers, never compared
  public record Item(double[] logits, int truth) {}

  /** The temperature with the least negative log-likelihood, by golden-section search. */
  public static double temperature(List<Item> items) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double low = Math.log(LOWEST);
    double high = Math.log(HIGHEST);
    for (int i = 0; i < 60; i++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (loss(items, Math.exp(left)) < loss(items, Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** The sum of the negative log-likelihoods. */
  private static double loss(List<Item> items, double temperature) {
    double sum = 0;
    for (Item item : items) {
      double[] p = ZeroShotClassifier.softmax(item.logits(), 1 / temperature);
      sum -= Math.log(Math.max(p[item.truth()], 1e-12));
    }
    return sum;
  }

  /**
   * Expected calibration error at one temperature ({@link Reliability#expectedError}). Judging the
   * items that the temperature was fitted on flatters; see {@link #leavingOneOut}.
   */
  public static double expectedError(List<Item> items, double temperature) {
    double[] temperatures = new double[items.size()];
    Arrays.fill(temperatures, temperature);
    return Confidences.of(items, temperatures).reliability().expectedError();
  }

  /**
   * A temperature for each fold that was fitted on the other folds alone, so that no item is judged
   * at a temperature that has seen it.
   *
   * @param folds items of each fold, by its name
   * @return temperature of each fold; empty with fewer than two folds
   */
  public static Map<String, Double> leavingOneOut(Map<String, List<Item>> folds) {
    Map<String, Double> temperatures = new TreeMap<>();
    if (folds.size() > 1) {
      for (String fold : folds.keySet()) {
        List<Item> others = new ArrayList<>();
        folds.forEach((name, items) -> others.addAll(name.equals(fold) ? List.of() : items));
        temperatures.put(fold, temperature(others));
      }
    }
    return temperatures;
  }
}
