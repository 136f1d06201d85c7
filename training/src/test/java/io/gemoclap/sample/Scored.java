package io.gemoclap.sample;

import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import java.util.List;
import java.util.Map;

/** Rows of annotations for tests. */
public final class Scored {
  private Scored() {}

  /** A segment of one second. */
  public static EmotionScores segment(
      String recording,
      int index,
      String emotion,
      double confidence,
      Map<String, String> metadata) {
    return EmotionScores.builder()
        .setRecording(recording)
        .setSegmentId("%s#0:%s-%s".formatted(recording, index * 1000, (index + 1) * 1000))
        .setChannel(0)
        .setStartSeconds(index)
        .setEndSeconds(index + 1)
        .setEmotion(emotion)
        .setConfidence(confidence)
        .setAbstained(confidence < 0.5)
        .setScores(List.of(LabelScore.of(emotion, confidence)))
        .setGender("")
        .setGenderScores(List.of())
        .setModelId("0123456789abcdef")
        .setLabelSet("labels")
        .setMetadata(metadata)
        .build();
  }
}
