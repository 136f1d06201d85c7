package io.gemoclap.training.evaluate;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * McNemar's test (McNemar 1947): whether two systems are right equally often, seen on the items
 * where exactly one of them is.
 *
 * @param onlyA items that only the first has right
 * @param onlyB items that only the second has right
 * @param exact whether {@code p} is exact; an approximation otherwise
 * @param p two-sided probability of a split at least as uneven when both are equally good
 */
public record McNemar(int onlyA, int onlyB, boolean exact, double p) {
  private static final int ENOUGH = 25;

  /**
   * Exact (binomial) with fewer than 25 such items; otherwise chi-square of one degree of freedom
   * with continuity correction (Edwards 1948).
   *
   * @throws IllegalArgumentException for a negative count
   */
  public static McNemar of(int onlyA, int onlyB) {
    if (onlyA < 0 || onlyB < 0) {
      throw new IllegalArgumentException("Counts are not negative: " + onlyA + " and " + onlyB);
    }
    boolean exact = onlyA + onlyB < ENOUGH;
    return new McNemar(onlyA, onlyB, exact, exact ? binomial(onlyA, onlyB) : chi(onlyA, onlyB));
  }

  /** Compares two systems over the same items in the same order. */
  public static McNemar of(Outcomes a, Outcomes b) {
    int onlyA = 0;
    int onlyB = 0;
    for (int i = 0; i < a.truths().length; i++) {
      onlyA += a.right(i) && !b.right(i) ? 1 : 0;
      onlyB += b.right(i) && !a.right(i) ? 1 : 0;
    }
    return of(onlyA, onlyB);
  }

  private static double binomial(int a, int b) {
    // Without a generator: only the distribution is wanted.
    double tail = new BinomialDistribution(null, a + b, 0.5).cumulativeProbability(Math.min(a, b));
    return Math.min(1, 2 * tail);
  }

  private static double chi(int a, int b) {
    double excess = Math.max(0, Math.abs(a - b) - 1);
    double statistic = excess * excess / (a + b);
    return 1 - new ChiSquaredDistribution(null, 1).cumulativeProbability(statistic);
  }
}
