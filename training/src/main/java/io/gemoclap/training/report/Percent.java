package io.gemoclap.training.report;

import io.gemoclap.training.evaluate.Bootstrap.Interval;
import java.util.Locale;

/** Shares as people read them. */
final class Percent {
  private Percent() {}

  /** {@code 85.6 %}; a dash for null. */
  static String of(Double share) {
    return share == null ? "–" : number(share) + " %";
  }

  /** {@code 83.1–87.9}; a dash for null. */
  static String of(Interval interval) {
    return interval == null ? "–" : number(interval.low()) + "–" + number(interval.high());
  }

  /** {@code 85.6}. */
  static String number(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
