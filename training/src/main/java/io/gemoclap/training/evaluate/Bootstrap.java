package io.gemoclap.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The bootstrap (Efron 1979): scores of many resamples show how far a score hangs on the items that
 * happened to be there. For two systems, draw once and score the difference (paired bootstrap).
 * Equal seeds give equal results.
 *
 * @param resamples number of resamples
 * @param seed of the random draws
 */
public record Bootstrap(int resamples, long seed) {

  /** 2,000 resamples. */
  public static Bootstrap seeded(long seed) {
    return new Bootstrap(2000, seed);
  }

  /**
   * Spread of several statistics over the same resamples.
   *
   * @param resampling how items are drawn
   * @param statistics their values on a resample, given the items' indices; NaN where a resample
   *     has no value
   * @return one spread a statistic, in their order
   */
  public List<Spread> spreads(Resampling resampling, Function<int[], double[]> statistics) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> columns = new ArrayList<>();
    for (int r = 0; r < resamples; r++) {
      double[] values = statistics.apply(resampling.draw(random));
      while (columns.size() < values.length) {
        columns.add(new double[resamples]);
      }
      for (int s = 0; s < values.length; s++) {
        columns.get(s)[r] = values[s];
      }
    }
    return columns.stream().map(Spread::of).toList();
  }

  /**
   * Values of one statistic over the resamples.
   *
   * @param sorted the values without NaN, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // a column of numbers, never compared
  public record Spread(double[] sorted) {

    static Spread of(double[] values) {
      return new Spread(Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray());
    }

    /**
     * The middle 95 % (percentile interval), linear between neighbouring values.
     *
     * @throws IllegalStateException when no resample had a value
     */
    public Interval interval() {
      if (sorted.length == 0) {
        throw new IllegalStateException("No resample has a value");
      }
      return new Interval(quantile(0.025), quantile(0.975));
    }

    private double quantile(double q) {
      double position = q * (sorted.length - 1);
      int below = (int) position;
      int above = Math.min(below + 1, sorted.length - 1);
      return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /**
     * Two-sided p of "there is no difference", when the statistic is a difference: twice the
     * smaller share of resamples on either side of 0, each count plus one as one more resample
     * would count, at most 1 (Davison and Hinkley 1997). It can be no smaller than 2 / (resamples +
     * 1).
     */
    public double pOfNoDifference() {
      long notAbove = Arrays.stream(sorted).filter(v -> v <= 0).count();
      long notBelow = Arrays.stream(sorted).filter(v -> v >= 0).count();
      return Math.min(1, 2.0 * (1 + Math.min(notAbove, notBelow)) / (sorted.length + 1));
    }
  }

  /** Two ends, both inside. */
  public record Interval(double low, double high) {}
}
