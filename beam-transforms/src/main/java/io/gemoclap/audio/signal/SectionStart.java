package io.gemoclap.audio.signal;

import org.apache.beam.sdk.annotations.Internal;

/**
 * Where in a recording the input begins.
 *
 * @param section number of the first section whose output is wanted
 * @param sample index of the first sample of the input in each source channel; at least the warm-up
 *     before the section, or 0 for the first section
 * @hidden
 */
@Internal
public record SectionStart(int section, long sample) {
  /** The start of the recording. */
  public static final SectionStart FIRST = new SectionStart(0, 0);

  /**
   * Thrown before any output, if a source does not begin with the sample that was announced.
   *
   * @hidden
   */
  public static final class MissedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissedException() {
      super("The decoder does not begin at the announced sample");
    }
  }
}
