package io.gemoclap.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often predictions of a confidence are right (Guo et al. 2017): 15 equal bins of confidence,
 * the probability of the predicted class. Not thread-safe while items are added.
 */
public final class Reliability {
  private static final int BINS = 15;

  private final int[] items = new int[BINS];
  private final double[] confidence = new double[BINS];
  private final int[] right = new int[BINS];

  /**
   * Counts one item.
   *
   * @param probability of the predicted class, 0 to 1
   * @param isRight whether the prediction is right
   */
  public void add(double probability, boolean isRight) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    items[bin]++;
    confidence[bin] += probability;
    right[bin] += isRight ? 1 : 0;
  }

  /**
   * Expected calibration error: the mean gap between confidence and accuracy over the bins,
   * weighted by the items in each; NaN without an item.
   */
  public double expectedError() {
    double gap = 0;
    int all = 0;
    for (int b = 0; b < BINS; b++) {
      gap += Math.abs(confidence[b] - right[b]);
      all += items[b];
    }
    return gap / all;
  }

  /** Mean confidence of all items; NaN without an item. */
  public double meanConfidence() {
    return Arrays.stream(confidence).sum() / Arrays.stream(items).sum();
  }

  /** The bins that hold an item, ascending. */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      if (items[b] > 0) {
        bins.add(
            new Bin(
                (double) b / BINS,
                (b + 1.0) / BINS,
                items[b],
                confidence[b] / items[b],
                (double) right[b] / items[b]));
      }
    }
    return List.copyOf(bins);
  }

  /**
   * One bin.
   *
   * @param low least confidence, inside
   * @param high greatest confidence, outside except in the last bin
   * @param items number of items
   * @param confidence their mean confidence
   * @param accuracy share of them that is right
   */
  public record Bin(double low, double high, int items, double confidence, double accuracy) {}
}
