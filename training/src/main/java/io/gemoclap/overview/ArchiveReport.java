package io.gemoclap.overview;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.score.EmotionScores;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Figures of an archive: {@code report.json} of a folder of results, which docs/archive-report.md
 * describes. Times are in seconds, shares from 0 to 1. Immutable.
 *
 * @param results the folder
 * @param modelIds models that made the rows
 * @param labelSets label sets that the rows are of
 * @param recordings recordings that were decoded to their end
 * @param failedRecordings recordings that failed as a whole
 * @param audioSeconds their length
 * @param speech how much of it has an emotion
 * @param emotions shares of the time, the longest first
 * @param failures by kind, the most frequent first
 * @param course over the course of recordings, in parts of equal length
 * @param dateColumn metadata column that {@link #calendar} is of; empty if there is none
 * @param calendar over calendar time, the earliest first
 * @param columns names of all metadata columns
 * @param groups by metadata columns and channels
 * @param confidence segments by confidence
 * @param distances segments by distance from the training data
 * @param mostCertain segments of greatest confidence
 * @param leastCertain segments of least confidence
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ArchiveReport(
    String results,
    List<String> modelIds,
    List<String> labelSets,
    long recordings,
    long failedRecordings,
    double audioSeconds,
    Speech speech,
    List<Emotion> emotions,
    List<FailureKinds> failures,
    List<Period> course,
    String dateColumn,
    List<Period> calendar,
    List<String> columns,
    List<Grouping> groups,
    List<Bin> confidence,
    List<Bin> distances,
    List<Segment> mostCertain,
    List<Segment> leastCertain) {

  /**
   * How much speech there is.
   *
   * @param segments with an emotion, uncertain ones included
   * @param seconds of these
   * @param uncertainSegments that the model abstained from
   * @param uncertainSeconds of these
   * @param partialSegments whose probabilities are not those of all labels ({@code --top-k})
   * @param notSpeech segments that were rejected as music, noise, another sound or silence
   * @param meanConfidence over the segments
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Speech(
      long segments,
      double seconds,
      long uncertainSegments,
      double uncertainSeconds,
      long partialSegments,
      long notSpeech,
      double meanConfidence) {}

  /**
   * One label.
   *
   * @param label name; empty for uncertain segments
   * @param seconds shown
   * @param share of all speech
   * @param low end of the 95 % interval of the share; null for fewer than two recordings
   * @param high its other end
   * @param expected share by the probabilities of all segments; null for uncertain, and for all
   *     labels if some segments lack probabilities
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Emotion(
      String label, double seconds, double share, Double low, Double high, Double expected) {}

  /**
   * Failures of one kind.
   *
   * @param kind name
   * @param count recordings and segments
   * @param examples some of them
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record FailureKinds(String kind, long count, List<Example> examples) {}

  /** One failure: what failed, and why. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Example(String item, String message) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * A part of time.
   *
   * @param name such as {@code 2021-03} or {@code 0-10 %}
   * @param seconds of speech
   * @param uncertainSeconds of these
   * @param labels seconds of each label
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Period(
      String name, double seconds, double uncertainSeconds, Map<String, Double> labels) {}

  /**
   * The archive by one column.
   *
   * @param column name of the metadata column, or {@code channel}
   * @param count different values
   * @param groups those with the most speech
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Grouping(String column, long count, List<Group> groups) {}

  /** One value of a column, with its speech. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Group(
      String name,
      long segments,
      double seconds,
      double uncertainSeconds,
      double meanConfidence,
      Map<String, Double> labels) {}

  /** Segments between two values; {@code high} is null for the last bin of distances. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Bin(double low, Double high, long segments) {}

  /** A segment to listen to. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Segment(
      String segmentId,
      String recording,
      int channel,
      double startS,
      double endS,
      String emotion,
      double confidence,
      boolean abstained)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    static Segment of(EmotionScores score) {
      return new Segment(
          score.getSegmentId(),
          score.getRecording(),
          score.getChannel(),
          score.getStartSeconds(),
          score.getEndSeconds(),
          score.getEmotion(),
          score.getConfidence(),
          score.getAbstained());
    }
  }
}
