package io.gemoclap.training.evaluate;

import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.evaluate.Calibration.Item;
import java.util.List;

/**
 * How confident predictions are, and which are right: the input of calibration errors and of their
 * resamples.
 *
 * @param confidence probability of the predicted class of each item, 0 to 1
 * @param right whether the prediction of each item is right
 */
@SuppressWarnings("ArrayRecordComponent") // columns, never compared
public record Confidences(double[] confidence, boolean[] right) {

  /** Checks that every item has both. */
  public Confidences {
    if (confidence.length != right.length) {
      throw new IllegalArgumentException(
          confidence.length + " confidences, but " + right.length + " outcomes");
    }
  }

  /**
   * Of items.
   *
   * @param temperatures the temperature at which each item is judged, above 0
   */
  public static Confidences of(List<Item> items, double[] temperatures) {
    double[] confidence = new double[items.size()];
    boolean[] right = new boolean[items.size()];
    for (int i = 0; i < confidence.length; i++) {
      double[] p = ZeroShotClassifier.softmax(items.get(i).logits(), 1 / temperatures[i]);
      int top = ZeroShotClassifier.top(p);
      confidence[i] = p[top];
      right[i] = top == items.get(i).truth();
    }
    return new Confidences(confidence, right);
  }

  /** Reliability of all items. */
  public Reliability reliability() {
    Reliability reliability = new Reliability();
    for (int i = 0; i < confidence.length; i++) {
      reliability.add(confidence[i], right[i]);
    }
    return reliability;
  }

  /**
   * Expected calibration error and mean confidence, in this order, of some of the items; an item
   * that is named twice counts twice.
   */
  public double[] scores(int[] items) {
    Reliability reliability = new Reliability();
    for (int item : items) {
      reliability.add(confidence[item], right[item]);
    }
    return new double[] {reliability.expectedError(), reliability.meanConfidence()};
  }
}
