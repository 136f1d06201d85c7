package io.gemoclap.export;

import java.io.Serializable;

/**
 * How much of a corpus. Immutable.
 *
 * @param segments number of segments
 * @param seconds their length together
 */
record Amount(long segments, double seconds) implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Amount NONE = new Amount(0, 0);

  static Amount of(ExportItem item) {
    return new Amount(1, item.seconds());
  }

  Amount plus(Amount other) {
    return new Amount(segments + other.segments, seconds + other.seconds);
  }

  double hours() {
    return seconds / 3600;
  }
}
