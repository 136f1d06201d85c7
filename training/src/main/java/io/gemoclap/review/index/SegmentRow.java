package io.gemoclap.review.index;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A segment as it is listed: a row of annotations with its place in the index.
 *
 * @param id place in the order of the archive, from 0; of this index only
 * @param other emotion that another model gives it; null without one
 * @param otherConfidence the probability of that
 * @param disagreement total variation distance of the two models' probabilities, 0 to 1; null
 *     without another model, or if either row lacks the probabilities of some labels
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SegmentRow(
    long id,
    String segmentId,
    String recording,
    int channel,
    double startS,
    double endS,
    double speechProbability,
    String emotion,
    double confidence,
    boolean abstained,
    double outOfDomain,
    Map<String, Double> scores,
    String gender,
    String modelId,
    String labelSet,
    Map<String, String> metadata,
    @Nullable String other,
    @Nullable Double otherConfidence,
    @Nullable Double disagreement) {
  /** Copies the maps, in their order. */
  public SegmentRow {
    scores = new LinkedHashMap<>(scores);
    metadata = new LinkedHashMap<>(metadata);
  }
}
