package io.gemoclap.spans;

import io.gemoclap.audio.segment.Span;
import java.util.List;

/**
 * What a file of segments holds.
 *
 * @param spans the segments in the order of the file
 * @param problems entries that are no segments, as they should be
 */
public record SpanFile(List<Entry> spans, List<Problem> problems) {
  /**
   * A segment.
   *
   * @param recording how the file names the recording; empty where it does not
   * @param line where it stands, from 1
   */
  public record Entry(String recording, long line, Span span) {}

  /**
   * An entry that cannot be used.
   *
   * @param recording how the file names the recording; empty where it does not
   * @param line where it stands, from 1
   * @param startSeconds where it begins; -1 if unknown
   * @param message why, without a full stop
   */
  public record Problem(String recording, long line, double startSeconds, String message) {}

  /** Copies the lists. */
  public SpanFile {
    spans = List.copyOf(spans);
    problems = List.copyOf(problems);
  }
}
