package io.gemoclap.sample;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.hash.Hashing;
import io.gemoclap.score.EmotionScores;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * A segment that may be chosen. Immutable.
 *
 * @param segmentId id of the segment
 * @param recording id of its recording
 * @param channel channel of the recording
 * @param startS start in seconds
 * @param endS end in seconds
 * @param emotion the most probable label
 * @param confidence its probability
 * @param abstained whether it is shown as uncertain
 * @param modelId id of the bundle
 * @param labelSet id of labels and templates
 * @param group what it is grouped by
 * @param hash its place in the random order of the seed
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Candidate(
    String segmentId,
    String recording,
    int channel,
    double startS,
    double endS,
    String emotion,
    double confidence,
    boolean abstained,
    String modelId,
    String labelSet,
    String group,
    long hash)
    implements Serializable {

  static Candidate of(EmotionScores scores, Grouping grouping, long seed) {
    return new Candidate(
        scores.getSegmentId(),
        scores.getRecording(),
        scores.getChannel(),
        scores.getStartSeconds(),
        scores.getEndSeconds(),
        scores.getEmotion(),
        scores.getConfidence(),
        scores.getAbstained(),
        scores.getModelId(),
        scores.getLabelSet(),
        grouping.of(scores),
        hash(scores.getSegmentId(), seed));
  }

  /**
   * A number that follows from an id and a seed alone: ids in the order of their numbers are in
   * random order, however rows and workers are arranged.
   */
  static long hash(String id, long seed) {
    return Hashing.murmur3_128()
        .newHasher()
        .putLong(seed)
        .putString(id, StandardCharsets.UTF_8)
        .hash()
        .asLong();
  }
}
