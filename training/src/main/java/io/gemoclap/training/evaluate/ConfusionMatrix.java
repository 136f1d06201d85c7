package io.gemoclap.training.evaluate;

import java.util.List;

/**
 * Counts truths against predictions. Not thread-safe; {@link #scores} takes a snapshot.
 *
 * @param labels classes in order
 * @param counts {@code counts[truth][prediction]}
 */
@SuppressWarnings("ArrayRecordComponent") // an accumulator, never compared
public record ConfusionMatrix(List<String> labels, int[][] counts) {

  /** An empty matrix. */
  public static ConfusionMatrix of(List<String> labels) {
    return new ConfusionMatrix(List.copyOf(labels), new int[labels.size()][labels.size()]);
  }

  /** Counts one item. */
  public void add(int truth, int prediction) {
    counts[truth][prediction]++;
  }

  /** Adds the counts of another matrix over the same labels. */
  public void addAll(int[][] other) {
    for (int truth = 0; truth < counts.length; truth++) {
      for (int prediction = 0; prediction < counts.length; prediction++) {
        counts[truth][prediction] += other[truth][prediction];
      }
    }
  }

  /**
   * Weighted average recall (the share of items that are right), unweighted average recall (the
   * mean of the classes' recalls) and macro F1. A class without an item is left out of both means;
   * a class that has items but is never predicted has an F1 of 0.
   */
  public Scores scores() {
    int n = counts.length;
    int all = 0;
    int right = 0;
    int present = 0;
    double recalls = 0;
    double f1s = 0;
    for (int c = 0; c < n; c++) {
      int truths = 0;
      int predictions = 0;
      for (int k = 0; k < n; k++) {
        truths += counts[c][k];
        predictions += counts[k][c];
      }
      all += truths;
      right += counts[c][c];
      if (truths > 0) {
        present++;
        recalls += (double) counts[c][c] / truths;
        f1s += 2.0 * counts[c][c] / (truths + predictions);
      }
    }
    return new Scores(all, (double) right / all, recalls / present, f1s / present);
  }

  /**
   * Scores of a confusion matrix; NaN when it is empty.
   *
   * @param items number of items
   * @param war weighted average recall
   * @param uar unweighted average recall
   * @param macroF1 mean F1
   */
  public record Scores(int items, double war, double uar, double macroF1) {}
}
