package io.gemoclap.cli.sample;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.sample.Grouping;
import io.gemoclap.sample.Shares;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for.
 *
 * @param n how many segments; null for 50, or all if there are fewer
 * @param grouping groups of the random part
 * @param shares shares of the parts
 * @param seed chooses the random segments
 */
record SampleRequest(@Nullable Integer n, Grouping grouping, Shares shares, long seed) {
  private static final int DEFAULT = 50;

  /**
   * How many of an archive's segments to choose.
   *
   * @throws WrongUsageException if there are none, or the user asks for more than there are
   */
  int of(long segments, String results) {
    if (segments == 0) {
      throw new WrongUsageException(
          "'%s' has no segment with an emotion to choose".formatted(results));
    }
    if (n == null) {
      return (int) Math.min(DEFAULT, segments);
    }
    if (n > segments) {
      throw new WrongUsageException(
          "--n=%s is more than the %s segments of '%s'".formatted(n, segments, results));
    }
    return n;
  }
}
