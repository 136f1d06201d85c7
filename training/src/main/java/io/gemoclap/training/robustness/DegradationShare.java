package io.gemoclap.training.robustness;

import io.gemoclap.features.FeatureMatrix;
import java.util.List;

/**
 * How much of a feature column's variance over utterances and their degraded copies lies between
 * the copies of one utterance, and so reflects how it was recorded: one minus the intraclass
 * correlation (Shrout and Fleiss 1979, case 1). Not thread-safe.
 */
public final class DegradationShare {
  private double[] sums = {};
  private double[] squares = {};
  private double[] within = {};
  private long values;
  private long freedom;

  /**
   * Adds an utterance.
   *
   * @param clean its features; frames count by their mean
   * @param degraded those of its degraded copies, at least one
   */
  public void add(FeatureMatrix clean, List<FeatureMatrix> degraded) {
    int dims = clean.dims();
    if (sums.length == 0) {
      sums = new double[dims];
      squares = new double[dims];
      within = new double[dims];
    }
    double[] own = new double[dims];
    double[] ownSquares = new double[dims];
    addVersion(clean, own, ownSquares);
    degraded.forEach(version -> addVersion(version, own, ownSquares));
    int n = 1 + degraded.size();
    for (int d = 0; d < dims; d++) {
      sums[d] += own[d];
      squares[d] += ownSquares[d];
      within[d] += ownSquares[d] - own[d] * own[d] / n;
    }
    values += n;
    freedom += n - 1;
  }

  private static void addVersion(FeatureMatrix version, double[] sums, double[] squares) {
    double[] means = new double[sums.length];
    float[] all = version.values();
    for (int i = 0; i < all.length; i++) {
      means[i % means.length] += (double) all[i] / version.frames();
    }
    for (int d = 0; d < means.length; d++) {
      sums[d] += means[d];
      squares[d] += means[d] * means[d];
    }
  }

  /** The share of a column, 0 to 1; 0 for a column that never varies. */
  public double of(int column) {
    double mean = sums[column] / values;
    double total = squares[column] / values - mean * mean;
    return total <= 0 ? 0 : Math.max(0, Math.min(1, within[column] / freedom / total));
  }
}
