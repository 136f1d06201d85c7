package io.gemoclap.sample;

/**
 * How many segments of the results have something.
 *
 * @param kind what is counted
 * @param name which one
 * @param segments number of segments
 */
public record Counted(Kind kind, String name, long segments) {
  /** What is counted. */
  public enum Kind {
    /** Segments of a group. */
    GROUP,
    /** Segments with a value in a column of the metadata. */
    COLUMN,
    /** Segments of a model. */
    MODEL,
    /** Segments of a label set. */
    LABEL_SET
  }
}
