package io.gemoclap.cli.archive;

import java.util.Locale;

/**
 * How many recordings of a job may fail before the job counts as unsuccessful. Immutable.
 *
 * <p>A recording has failed if it has no result: it failed as a whole, or its segments failed for
 * reasons other than what they hold, such as the engine. A recording without speech, and one whose
 * segments are too short to judge, has not failed.
 */
public final class MaxFailures {
  /** Null: the job is unsuccessful when all recordings failed. */
  private final Double share;

  private MaxFailures(Double share) {
    this.share = share;
  }

  /** A job is unsuccessful when all of its recordings failed. */
  public static MaxFailures belowAll() {
    return new MaxFailures(null);
  }

  /**
   * A share of all recordings, which may fail.
   *
   * @param text a number from 0 to 1, or a percentage such as {@code 5%}; with 1 or 100% a job is
   *     never unsuccessful
   * @throws IllegalArgumentException in a sentence, if it is neither
   */
  public static MaxFailures parse(String text) {
    String number = text.strip();
    boolean percent = number.endsWith("%");
    try {
      double value =
          Double.parseDouble(percent ? number.substring(0, number.length() - 1) : number);
      double share = percent ? value / 100 : value;
      if (share >= 0 && share <= 1) {
        return new MaxFailures(share);
      }
    } catch (NumberFormatException e) {
      // The sentence below says what a share is.
    }
    throw new IllegalArgumentException(
        "--max-failures must be a share from 0 to 1, or a percentage such as 5%, not '"
            + text
            + "'");
  }

  /**
   * Counts of recordings.
   *
   * @param failed those that have failed
   * @param recordings all of them
   */
  public record Counts(long failed, long recordings) {}

  /** Whether a job with these counts is unsuccessful. */
  public boolean isExceededBy(Counts counts) {
    return share == null
        ? counts.failed > 0 && counts.failed == counts.recordings
        : counts.failed > share * counts.recordings;
  }

  /** What to say when it is exceeded. */
  public String sentence(Counts counts) {
    String allowed =
        share == null
            ? "by default, a job is unsuccessful when all recordings fail"
            : String.format(Locale.ROOT, "--max-failures allows %.4g %%", 100 * share);
    return "Unsuccessful: %s of %s recordings have no result (%s). The reasons are in failures-*"
        .formatted(counts.failed, counts.recordings, allowed);
  }
}
