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

  private final TreeMap<String, Double> shown = new TreeMap<>();
  private final TreeMap<String, Double> expected = new TreeMap<>();
  private long segments;
  private long uncertainSegments;
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
    for (LabelScore label : score.getScores()) {
      expected.merge(label.getLabel(), length * label.getProbability(), Double::sum);
    }
  }

  /** Adds other segments. */
  Times add(Times other) {
    segments += other.segments;
    seconds += other.seconds;
    confidence += other.confidence;
    uncertainSegments += other.uncertainSegments;
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
   * Sum of length times probability of each label, in seconds: it counts uncertain segments too.
   */
  Map<String, Double> expected() {
    return expected;
  }
}
