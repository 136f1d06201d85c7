package io.gemoclap.audio.pcm;

import org.apache.beam.sdk.annotations.Internal;

/**
 * The sections of long recordings: stretches of equal length, counted from the first sample. What
 * the decoder and voice activity compute in a section depends on a limited time before it, never on
 * the whole recording. So sections can be decoded in parallel, with the same results.
 *
 * @param seconds length of a section, {@link #SHORTEST} or more
 * @hidden
 */
@Internal
public record Sections(int seconds) {
  /** Seconds for which filters run before the section whose samples they give. */
  public static final int WARM_UP = 10;

  private static final int SHORTEST = 15;

  /** Sections of ten minutes. */
  public static final Sections DEFAULT = new Sections(600);

  /** Checks the length. */
  public Sections {
    if (seconds < SHORTEST) {
      throw new IllegalArgumentException(
          "A section has " + seconds + " s, but must have " + SHORTEST + " or more.");
    }
  }

  /** Index of the first sample of a section, at a rate in Hz. */
  public long start(int section, int rate) {
    return (long) section * seconds * rate;
  }
}
