package io.gemoclap.training.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What annotation said of a segment: a row of {@code annotations-*.jsonl}.
 *
 * @param recording id of its recording
 * @param channel from 0
 * @param startSeconds in the recording
 * @param endSeconds in the recording
 * @param scores probability of each label, 0 to 1
 * @param genderScores probability of each gender, 0 to 1; empty where the bundle has none
 */
record ScoredSegment(
    String recording,
    int channel,
    double startSeconds,
    double endSeconds,
    JsonNode scores,
    JsonNode genderScores) {
  /** Probabilities that are 0 in floating point still have a finite logarithm. */
  private static final double LEAST = 1e-30;

  static ScoredSegment of(JsonNode row) {
    return new ScoredSegment(
        row.path("recording").asText(),
        row.path("channel").asInt(),
        row.path("start_s").asDouble(),
        row.path("end_s").asDouble(),
        row.path("scores"),
        row.path("gender_scores"));
  }

  /**
   * Logarithms of the probabilities of some labels; their softmax gives the probabilities again.
   * Null where a label has no probability.
   */
  static double[] logits(JsonNode probabilities, List<String> labels) {
    double[] logits = new double[labels.size()];
    for (int i = 0; i < logits.length; i++) {
      if (!probabilities.has(labels.get(i))) {
        return null;
      }
      logits[i] = Math.log(Math.max(LEAST, probabilities.get(labels.get(i)).asDouble()));
    }
    return logits;
  }
}
