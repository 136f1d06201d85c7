package io.gemoclap.review.index;

/** In which order segments are listed. Segments with equal keys follow the order of the archive. */
public enum SegmentOrder {
  /** By recording, channel and time. */
  ARCHIVE("id", false, false),
  /** The least confidence first. */
  LEAST_CERTAIN("confidence", false, false),
  /**
   * Those first that are nearest to the mean vector of their emotion; without vectors, the highest
   * confidence first.
   */
  MOST_TYPICAL("typical", true, true),
  /** In an order that looks random and is always the same. */
  RANDOM("shuffle", false, false),
  /** Those first of which two models say the most different. */
  DISAGREEMENT("disagreement", true, true),
  /**
   * Those that {@code gemoclap sample} has chosen, in the order in which to listen; then others.
   */
  SAMPLE("coalesce(place, 'infinity'::DOUBLE)", false, false);

  private static final String SAMPLED = "results.segment LEFT JOIN memory.sampled USING (id)";

  private final String key;
  private final boolean descending;
  private final boolean derived;

  SegmentOrder(String key, boolean descending, boolean derived) {
    this.key = key;
    this.descending = descending;
    this.derived = derived;
  }

  /**
   * A query of keys and ids in this order: of columns alone, which DuckDB sorts without reading any
   * other.
   *
   * @param where a condition on the table {@code segment}
   * @param after whether only those are wanted that follow the key and the id of three parameters:
   *     key, key and id
   */
  String query(String where, boolean after, int limit) {
    String follows =
        after
            ? "(%1$s %2$s= ? AND (%1$s %2$s ? OR id > ?))".formatted(key, descending ? "<" : ">")
            : "true";
    String direction = descending ? "DESC" : "ASC";
    String from = this == SAMPLE ? SAMPLED : "results.segment";
    if (derived) {
      from =
          where.equals("true")
              ? "results.derived"
              : "results.derived SEMI JOIN (SELECT id FROM results.segment WHERE %s) USING (id)"
                  .formatted(where);
    }
    return "SELECT %s::DOUBLE, id FROM %s WHERE %s AND %s ORDER BY %s %s, id LIMIT %s"
        .formatted(key, from, derived ? "true" : where, follows, key, direction, limit);
  }

  /** The key as a parameter of the column's type, so that whole blocks of rows can be left out. */
  Object parameter(double value) {
    if (this == ARCHIVE) {
      return (long) value;
    }
    return value;
  }
}
