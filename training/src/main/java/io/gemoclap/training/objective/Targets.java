package io.gemoclap.training.objective;

/** How a row of the match matrix becomes a distribution. */
public enum Targets {
  /** Softmax of the row, as the paper's formulas: a positive weighs e times a negative. */
  SOFTMAX {
    @Override
    void normalize(double[] row) {
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.exp(row[j]);
        sum += row[j];
      }
      divide(row, sum);
    }
  },
  /** The row divided by its sum: negatives weigh nothing. */
  ROW {
    @Override
    void normalize(double[] row) {
      double sum = 0;
      for (double match : row) {
        sum += match;
      }
      divide(row, sum);
    }
  };

  abstract void normalize(double[] row);

  private static void divide(double[] row, double sum) {
    for (int j = 0; j < row.length; j++) {
      row[j] /= sum;
    }
  }
}
