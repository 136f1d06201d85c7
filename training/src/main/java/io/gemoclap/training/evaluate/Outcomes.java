package io.gemoclap.training.evaluate;

import java.util.List;

/**
 * Pairs of truth and prediction: the input of confusion matrices and resamples.
 *
 * @param labels classes in order
 * @param truths index of the right class of each item
 * @param predictions index of the predicted class of each item
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
public record Outcomes(List<String> labels, int[] truths, int[] predictions) {

  /** Checks that every item has both. */
  public Outcomes {
    if (truths.length != predictions.length) {
      throw new IllegalArgumentException(
          truths.length + " truths, but " + predictions.length + " predictions");
    }
  }

  /** Counts every item. */
  public ConfusionMatrix confusion() {
    ConfusionMatrix matrix = ConfusionMatrix.of(labels);
    for (int i = 0; i < truths.length; i++) {
      matrix.add(truths[i], predictions[i]);
    }
    return matrix;
  }

  /**
   * WAR, UAR and macro F1, in this order, of some of the items; an item that is named twice counts
   * twice.
   */
  public double[] scores(int[] items) {
    ConfusionMatrix matrix = ConfusionMatrix.of(labels);
    for (int item : items) {
      matrix.add(truths[item], predictions[item]);
    }
    ConfusionMatrix.Scores scores = matrix.scores();
    return new double[] {scores.war(), scores.uar(), scores.macroF1()};
  }

  /** Whether the prediction of an item is right. */
  public boolean right(int item) {
    return truths[item] == predictions[item];
  }
}
