package io.gemoclap.audio;

import io.gemoclap.row.CoderRows;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/**
 * Identity of a segment: which part of which recording it is. Travels through all stages.
 *
 * @param recording id of the recording, as a rule its URI
 * @param channel 0 for the mixed signal, or 0, 1, … when channels are split
 * @param startSeconds start in the recording
 * @param endSeconds end in the recording, after the start
 * @param metadata passed through from the recording
 * @param speechProbability probability that the segment is speech, [0, 1], as {@code DecodeAudio}
 *     estimates it; {@link #UNKNOWN} where nobody has estimated it
 */
@DefaultCoder(SegmentRefCoder.class)
@DefaultSchema(CoderRows.class)
public record SegmentRef(
    String recording,
    int channel,
    double startSeconds,
    double endSeconds,
    Map<String, String> metadata,
    double speechProbability) {
  /** Stands for a speech probability that nobody has estimated. */
  public static final double UNKNOWN = -1;

  /** A segment whose speech probability is {@link #UNKNOWN}. */
  public SegmentRef(
      String recording,
      int channel,
      double startSeconds,
      double endSeconds,
      Map<String, String> metadata) {
    this(recording, channel, startSeconds, endSeconds, metadata, UNKNOWN);
  }

  /**
   * Copies the metadata, and checks the order of start and end and the range of the probability.
   */
  public SegmentRef {
    metadata = Map.copyOf(metadata);
    if (!(startSeconds >= 0 && endSeconds > startSeconds)) {
      throw new IllegalArgumentException(
          "A segment must end after it starts: " + startSeconds + " s to " + endSeconds + " s");
    }
    boolean probability = speechProbability >= 0 && speechProbability <= 1;
    if (!probability && speechProbability != UNKNOWN) {
      throw new IllegalArgumentException(
          "A speech probability lies in 0 to 1, or is -1 if unknown: " + speechProbability);
    }
  }

  /** A stable id: recording, channel, and start and end in milliseconds. */
  public String id() {
    return String.format(
        Locale.ROOT,
        "%s#%d:%d-%d",
        recording,
        channel,
        Math.round(startSeconds * 1000),
        Math.round(endSeconds * 1000));
  }

  /** Length in seconds. */
  public double seconds() {
    return endSeconds - startSeconds;
  }

  /** The same segment with a speech probability. */
  public SegmentRef withSpeechProbability(double probability) {
    return new SegmentRef(recording, channel, startSeconds, endSeconds, metadata, probability);
  }
}
