package io.gemoclap.sample.estimate;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Estimates shares R = Y / X of the archive from a stratified random sample, where y lies between 0
 * and x: how many segments (x = 1) have a label (y = 1); for how much of the time (x seconds); how
 * many segments of a part of the archive (x = 1 there, 0 elsewhere) have it. Immutable.
 *
 * <ul>
 *   <li><b>Value:</b> the combined ratio R̂ = Σ w y / Σ w x over answered segments with weights w =
 *       N<sub>h</sub> / n<sub>h</sub>. With x = 1, it is the stratified estimator p̂ = Σ
 *       W<sub>h</sub> p̂<sub>h</sub>.
 *   <li><b>Variance:</b> with z = y − R̂ x, v = Σ<sub>h</sub> N<sub>h</sub>² (1 − f<sub>h</sub>)
 *       s²<sub>zh</sub> / n<sub>h</sub> / (Σ w x)². With x = 1, it is Σ W<sub>h</sub>² (1 −
 *       n<sub>h</sub>/N<sub>h</sub>) p̂<sub>h</sub> (1 − p̂<sub>h</sub>) / (n<sub>h</sub> − 1): W.
 *       G. Cochran, Sampling Techniques, 3rd edition, 1977, sections 5.10 and 6.11.
 *   <li><b>Interval:</b> that of Clopper and Pearson with an effective number of answers n* = R̂ (1
 *       − R̂) / v in place of n, times (t<sub>n−1</sub> / t<sub>d</sub>)², where d is the number of
 *       answers less the number of strata: E. L. Korn and B. I. Graubard, "Confidence intervals for
 *       proportions with small expected number of positive counts estimated from survey data",
 *       Survey Methodology 24 (1998), pp. 193–201. Few answers in a stratum often agree by chance,
 *       and then v is too small or 0. Therefore n* is at most (Σ w x)² / Σ (w x)², the effective
 *       number of L. Kish, Survey Sampling, 1965, section 11.7. That gives up what stratification
 *       gains, so intervals are rather too wide than too narrow.
 * </ul>
 */
record RatioEstimator(AnsweredSample sample) {
  /** Probability with which an interval holds the true share, at least about. */
  static final double LEVEL = 0.95;

  private static final double TAIL = (1 - LEVEL) / 2;
  private static final double NEGLIGIBLE = 1e-9;

  /** Estimates how many of all segments have something. */
  @Nullable Estimate share(ToDoubleFunction<Truth> y) {
    return ratio(truth -> 1, y);
  }

  /**
   * Estimates a ratio.
   *
   * @return null if x is 0 in all answered segments
   */
  @Nullable Estimate ratio(ToDoubleFunction<Truth> x, ToDoubleFunction<Truth> y) {
    double sumX = 0;
    double sumSquares = 0;
    double sumY = 0;
    int answers = 0;
    int strata = 0;
    boolean all = true;
    boolean[] seen = new boolean[sample.unsampled().size()];
    for (Unit unit : sample.units()) {
      double wx = unit.weight() * x.applyAsDouble(unit.truth());
      if (wx > 0) {
        answers++;
        sumX += wx;
        sumSquares += wx * wx;
        sumY += unit.weight() * y.applyAsDouble(unit.truth());
        strata += seen[unit.stratum()] ? 0 : 1;
        seen[unit.stratum()] = true;
      }
    }
    for (double unsampled : sample.unsampled()) {
      all &= unsampled <= 0;
    }
    if (answers == 0) {
      return null;
    }
    double value = Math.min(1, sumY / sumX);
    if (all) {
      return new Estimate(value, value, value, answers, answers);
    }
    double effective = sumX * sumX / sumSquares;
    double variance = variance(x, y, value) / (sumX * sumX);
    if (variance > 0 && value > 0 && value < 1) {
      double t = t(answers - 1) / t(answers - strata);
      effective = Math.min(effective, value * (1 - value) / variance * t * t);
    }
    return interval(value, answers, effective);
  }

  /** Of Σ w z; a stratum whose segments are all answered adds nothing. */
  private double variance(ToDoubleFunction<Truth> x, ToDoubleFunction<Truth> y, double ratio) {
    int strata = sample.unsampled().size();
    double[] n = new double[strata];
    double[] sum = new double[strata];
    double[] squares = new double[strata];
    for (Unit unit : sample.units()) {
      double z = y.applyAsDouble(unit.truth()) - ratio * x.applyAsDouble(unit.truth());
      n[unit.stratum()]++;
      sum[unit.stratum()] += unit.weight() * z;
      squares[unit.stratum()] += unit.weight() * z * unit.weight() * z;
    }
    double[] variance = new double[strata];
    for (int h = 0; h < strata; h++) {
      // Equals N² (1 - f) s² / n if all weights of the stratum are N / n.
      double spread = Math.max(0, squares[h] - sum[h] * sum[h] / n[h]);
      variance[h] = n[h] < 2 ? 0 : sample.unsampled().get(h) * n[h] / (n[h] - 1) * spread;
    }
    return Arrays.stream(variance).sum();
  }

  private static double t(int freedom) {
    return new TDistribution(null, Math.max(1, freedom)).inverseCumulativeProbability(1 - TAIL);
  }

  private static Estimate interval(double value, int answers, double n) {
    double with = n * value;
    double without = n - with;
    double low =
        with < NEGLIGIBLE
            ? 0
            : new BetaDistribution(null, with, without + 1).inverseCumulativeProbability(TAIL);
    double high =
        without < NEGLIGIBLE
            ? 1
            : new BetaDistribution(null, with + 1, without).inverseCumulativeProbability(1 - TAIL);
    return new Estimate(value, Math.min(low, value), Math.max(high, value), answers, n);
  }
}
