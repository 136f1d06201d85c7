package io.gemoclap.overview;

import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long which emotion was heard, in some set of segments. Segments that the model abstained from
 * count as uncertain and not as their most probable label. Mutable; not thread-safe.
 */
final class Times implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Probabilities of all labels add up to 1; less than this is missing only by rounding. */
  private static final double ROUNDING = 1e-4;

  private final TreeMap<String, Double> shown = new TreeMap<>();
  private final TreeMap<String, Double> expected = new TreeMap<>();
  private long segments;
  private long uncertainSegments;
  private long partialSegments;
  private double seconds;
  private double uncertainSeconds;
  private double confidence;

  /** Adds a segment. */
  void add(EmotionScores score) {
    double length = score.getEndSeconds() - score.getStartSeconds();
    segments++;
    seconds += length;
    confidence += score.getConfidence();
    if (score.getAbstained()) {
      uncertainSegments++;
      uncertainSeconds += length;
    } else {
      shown.merge(score.getEmotion(), length, Double::sum);
    }
    double sum = 0;
    for (LabelScore label : score.getScores()) {
      expected.merge(label.getLabel(), length * label.getProbability(), Double::sum);
      sum += label.getProbability();
    }
    partialSegments += sum < 1 - ROUNDING ? 1 : 0;
  }

  /** Adds other segments. */
  Times add(Times other) {
    segments += other.segments;
    seconds += other.seconds;
    confidence += other.confidence;
    uncertainSegments += other.uncertainSegments;
    partialSegments += other.partialSegments;
    uncertainSeconds += other.uncertainSeconds;
    other.shown.forEach((label, time) -> shown.merge(label, time, Double::sum));
    other.expected.forEach((label, time) -> expected.merge(label, time, Double::sum));
    return this;
  }

  long segments() {
    return segments;
  }

  long uncertainSegments() {
    return uncertainSegments;
  }

  /**
   * How many segments lack probabilities of some labels, as {@code annotate --top-k} writes them.
   */
  long partialSegments() {
    return partialSegments;
  }

  double seconds() {
    return seconds;
  }

  double uncertainSeconds() {
    return uncertainSeconds;
  }

  /** Mean over the segments, [0, 1]; 0 without any. */
  double meanConfidence() {
    return segments == 0 ? 0 : confidence / segments;
  }

  /** Seconds for which each label was shown. */
  Map<String, Double> shown() {
    return shown;
  }

  /**
   * Sum of length times probability of each label, in seconds: it counts uncertain segments too. It
   * is too small if there are {@link #partialSegments}.
   */
  Map<String, Double> expected() {
    return expected;
  }
}
