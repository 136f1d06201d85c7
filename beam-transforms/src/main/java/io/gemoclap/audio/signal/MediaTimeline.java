package io.gemoclap.audio.signal;

/**
 * Decides from the timestamps of one stream where its samples belong, so that sample {@code n} of
 * the output lies at media time {@code n / rate}.
 *
 * <ul>
 *   <li>A timestamp up to {@link #TOLERANCE} seconds ahead of the samples changes nothing, since
 *       encoders delay and containers round. One that is further ahead is a gap.
 *   <li>A timestamp up to {@link #OVERLAP} seconds before the samples' time changes nothing; the
 *       next gap makes up for it.
 *   <li>A timestamp that is further behind, or further ahead than a gap may be, belongs to another
 *       timeline. That one begins where the samples are, and nothing is left out or filled in.
 * </ul>
 */
final class MediaTimeline {
  /** Differences that encoder delays and rounded timestamps cause, in seconds. */
  static final double TOLERANCE = 0.1;

  /** Timestamps may repeat this many seconds before another timeline is assumed. */
  static final double OVERLAP = 1;

  /** Longest gap in seconds. */
  static final double LONGEST_GAP = 3_600;

  /** Longest gap in seconds in containers whose timestamps may jump. */
  static final double LONGEST_GAP_IN_BROADCAST = 10;

  private final double longestGap;
  private final double maxSeconds;

  /** Added to timestamps of the present timeline. */
  private double shift;

  private boolean begun;
  private boolean restarted;
  private double start;
  private int gaps;
  private double gapSeconds;
  private int jumps;

  /**
   * A timeline before its first block.
   *
   * @param discontinuous whether timestamps may jump
   * @param maxSeconds no gap reaches beyond this length of the recording
   */
  MediaTimeline(boolean discontinuous, double maxSeconds) {
    this.longestGap = discontinuous ? LONGEST_GAP_IN_BROADCAST : LONGEST_GAP;
    this.maxSeconds = maxSeconds;
  }

  /** The next timestamp has another origin than those before. */
  void restart() {
    restarted = begun;
  }

  /**
   * Seconds of silence that belong before the next block.
   *
   * @param seconds timestamp of the next block; NaN if it has none
   * @param position end of the samples so far, in seconds
   */
  double gap(double seconds, double position) {
    boolean first = !begun;
    begun = true;
    if (!Double.isFinite(seconds)) {
      return 0;
    }
    double ahead = seconds + shift - position;
    boolean usable = ahead >= -OVERLAP && ahead <= longestGap && position + ahead <= maxSeconds;
    if (restarted || !usable) {
      jumps += restarted || first ? 0 : 1;
      shift = position - seconds;
      restarted = false;
      return 0;
    }
    if (ahead <= TOLERANCE) {
      return 0;
    }
    if (first) {
      start = ahead;
    } else {
      gaps++;
      gapSeconds += ahead;
    }
    return ahead;
  }

  /** Media time of the first sample in seconds. */
  double startSeconds() {
    return start;
  }

  /** Number of gaps after the first sample. */
  int gaps() {
    return gaps;
  }

  /** Seconds in all gaps. */
  double gapSeconds() {
    return gapSeconds;
  }

  /** Number of times that another timeline had to be assumed. */
  int jumps() {
    return jumps;
  }
}
