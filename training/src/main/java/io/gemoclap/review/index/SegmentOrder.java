package io.gemoclap.review.index;

/** In which order segments are listed. Segments with equal keys follow the order of the archive. */
public enum SegmentOrder {
  /** By recording, channel and time. */
  ARCHIVE("s.id", false),
  /** The least confidence first. */
  LEAST_CERTAIN("s.confidence", false),
  /**
   * Those first that are nearest to the mean vector of their emotion; without vectors, the highest
   * confidence first.
   */
  MOST_TYPICAL("-d.typical", true),
  /** In an order that looks random and is always the same. */
  RANDOM("s.shuffle", false),
  /** Those first of which two models say the most different. */
  DISAGREEMENT("-d.disagreement", true);

  private final String key;
  private final boolean derived;

  SegmentOrder(String key, boolean derived) {
    this.key = key;
    this.derived = derived;
  }

  /** An expression, ascending; segments for which it is unknown come last. */
  String key() {
    return "coalesce(%s, 2)::DOUBLE".formatted(key);
  }

  /** Whether the key is in the table {@code derived}. */
  boolean isDerived() {
    return derived;
  }
}
