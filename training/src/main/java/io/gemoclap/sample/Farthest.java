package io.gemoclap.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The greedy choice of centres that covers points: each further centre is the point farthest from
 * all centres so far. The greatest distance of a point from its centre is at most twice the least
 * that is possible: T. F. Gonzalez, "Clustering to minimize the maximum intercluster distance",
 * Theoretical Computer Science 38 (1985), pp. 293–306. To begin with given centres, as for clips to
 * label next, is after O. Sener and S. Savarese, "Active learning for convolutional neural
 * networks: a core-set approach", ICLR 2018.
 */
final class Farthest {
  private Farthest() {}

  /**
   * Chooses points; of several equally far ones, the first. Time grows with the number of points
   * times that of all centres.
   *
   * @param given unit vectors that are centres already; without any, the first point is chosen
   *     first
   * @param points unit vectors of the same length
   * @param k how many to choose, at most the number of points
   * @return positions among {@code points}, in the order of choice
   */
  static List<Integer> choose(List<float[]> given, List<float[]> points, int k) {
    // Of unit vectors: the least distance to a centre is the greatest cosine.
    double[] nearest = new double[points.size()];
    Arrays.fill(nearest, -2);
    given.forEach(centre -> approach(nearest, points, centre));
    List<Integer> chosen = new ArrayList<>();
    boolean[] taken = new boolean[points.size()];
    while (chosen.size() < k) {
      int farthest = -1;
      for (int i = 0; i < nearest.length; i++) {
        if (!taken[i] && (farthest < 0 || nearest[i] < nearest[farthest])) {
          farthest = i;
        }
      }
      chosen.add(farthest);
      taken[farthest] = true;
      approach(nearest, points, points.get(farthest));
    }
    return chosen;
  }

  private static void approach(double[] nearest, List<float[]> points, float[] centre) {
    for (int i = 0; i < nearest.length; i++) {
      float[] point = points.get(i);
      double cosine = 0;
      for (int d = 0; d < centre.length; d++) {
        cosine += (double) centre[d] * point[d];
      }
      nearest[i] = Math.max(nearest[i], cosine);
    }
  }
}
