package io.gemoclap.audio.segment;

import java.io.Serializable;

/**
 * A stretch of a recording, for instance a turn that a manifest lists. Immutable.
 *
 * @param startSeconds where it begins, in seconds from the start of the recording, 0 or more
 * @param endSeconds where it ends, in seconds; after the start
 * @param speaker who speaks; empty if unknown
 * @param channel the channel that it lies in, from 0; {@link #EVERY_CHANNEL} if it lies in all
 */
public record Span(double startSeconds, double endSeconds, String speaker, int channel)
    implements Serializable {
  /** The channel of a span that is cut out of every channel. */
  public static final int EVERY_CHANNEL = -1;

  /** Checks times and channel; throws {@link IllegalArgumentException} if they are not valid. */
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
    if (channel < EVERY_CHANNEL) {
      throw new IllegalArgumentException(
          "Channel " + channel + " is not valid: channels are numbered from 0.");
    }
  }

  /** A stretch of every channel, of an unknown speaker. */
  public Span(double startSeconds, double endSeconds) {
    this(startSeconds, endSeconds, "", EVERY_CHANNEL);
  }

  /** The same stretch in another channel. */
  public Span withChannel(int other) {
    return new Span(startSeconds, endSeconds, speaker, other);
  }
}
