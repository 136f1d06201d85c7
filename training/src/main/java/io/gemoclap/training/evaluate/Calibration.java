package io.gemoclap.training.evaluate;

import io.gemoclap.score.ZeroShotClassifier;
import java.util.List;

/**
 * Temperature scaling (Guo et al. 2017): the one number that makes confidences honest without
 * changing any decision. Pure arithmetic.
 */
public final class Calibration {
  private static final int BINS = 15;
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

  private static double loss(List<Item> items, double temperature) {
    double sum = 0;
    for (Item item : items) {
      double[] p = ZeroShotClassifier.softmax(item.logits(), 1 / temperature);
      sum -= Math.log(Math.max(p[item.truth()], 1e-12));
    }
    return sum / items.size();
  }

  /**
   * Expected calibration error: the mean gap between confidence and accuracy over 15 equal bins,
   * weighted by the items in each.
   */
  public static double expectedError(List<Item> items, double temperature) {
    double[] confidence = new double[BINS];
    double[] right = new double[BINS];
    for (Item item : items) {
      double[] p = ZeroShotClassifier.softmax(item.logits(), 1 / temperature);
      int top = ZeroShotClassifier.top(p);
      int bin = Math.min(BINS - 1, (int) (p[top] * BINS));
      confidence[bin] += p[top];
      right[bin] += top == item.truth() ? 1 : 0;
    }
    double gap = 0;
    for (int b = 0; b < BINS; b++) {
      gap += Math.abs(confidence[b] - right[b]);
    }
    return gap / items.size();
  }
}
