package io.gemoclap.audio.segment;

import java.util.function.IntToLongFunction;

/**
 * Which stretches of speech a section of a recording has: those that begin between its bound and
 * the next section's. Each stretch of a recording is in exactly one section.
 *
 * <p>A bound is the end of the first pause after a section has begun. After a pause, the detector
 * is in the same state whatever came before, so two sections that look at the same levels find the
 * same bound and the same stretches after it. A section without a pause has no bound and no
 * stretches: they belong to the section before.
 */
final class SectionBounds implements SpeechDetector.Frames {
  private final int section;
  private final int count;
  private final int pause;
  private final IntToLongFunction earliest;

  /** The section whose bound is looked for, and the first frame that may be part of its pause. */
  private int searched;

  private long searchedFrom;
  private int inactive;
  private long from = Long.MAX_VALUE;
  private long until = Long.MAX_VALUE;
  private boolean passed;

  /**
   * The bounds of one section.
   *
   * @param section number of the section, from 0
   * @param count number of sections of the recording
   * @param pause length of a pause in frames
   * @param earliest the first frame of each section from which levels are known well enough
   */
  SectionBounds(int section, int count, int pause, IntToLongFunction earliest) {
    this.section = section;
    this.count = count;
    this.pause = pause;
    this.earliest = earliest;
    if (section == 0) {
      from = 0;
    }
    search(section == 0 ? 1 : section);
  }

  private void search(int index) {
    searched = index;
    searchedFrom = earliest.applyAsLong(index);
    inactive = 0;
  }

  @Override
  public void accept(long frame, boolean active) {
    if (passed || searched >= count) {
      return;
    }
    if (searched + 1 < count && frame >= earliest.applyAsLong(searched + 1)) {
      // The section that was searched has no bound.
      passed = searched == section;
      search(searched + 1);
    }
    inactive = active || frame < searchedFrom ? 0 : inactive + 1;
    if (inactive < pause || passed) {
      return;
    }
    if (searched == section) {
      from = frame;
      search(section + 1);
    } else {
      until = frame;
      passed = true;
    }
  }

  /** Whether a stretch that begins with a frame is in the section. */
  boolean contain(long frame) {
    return frame >= from && frame < until;
  }

  /** Whether the frames that follow do not matter. */
  boolean passed() {
    return passed;
  }
}
