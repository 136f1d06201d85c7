package io.gemoclap.audio.segment;

import java.io.Serializable;

/**
 * A stretch of a recording, for instance a turn that a manifest lists. Immutable.
 *
 * @param startSeconds where it begins, in seconds from the start of the recording, 0 or more
 * @param endSeconds where it ends, in seconds; after the start
 */
public record Span(double startSeconds, double endSeconds) implements Serializable {
  /** Checks the two; throws {@link IllegalArgumentException} if they are no stretch of time. */
  public Span {
    boolean ordered = startSeconds >= 0 && endSeconds > startSeconds;
    if (!ordered || Double.isInfinite(endSeconds)) {
      throw new IllegalArgumentException(
          "Span from "
              + startSeconds
              + " s to "
              + endSeconds
              + " s is not valid: the end must be after the start.");
    }
  }
}
