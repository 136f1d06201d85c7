package io.gemoclap.sample;

import io.gemoclap.score.EmotionScores;
import java.io.Serializable;

/**
 * What segments are grouped by, so that the random part has segments of every group. Immutable.
 *
 * @param by {@link #EMOTION}, {@link #RECORDING}, or a column of the metadata
 */
public record Grouping(String by) implements Serializable {
  /** Groups by the emotion that the model gives. */
  public static final String EMOTION = "emotion";

  /** Groups by recording. */
  public static final String RECORDING = "recording";

  /** The group of segments that have no value in the column. */
  public static final String NONE = "(none)";

  /** Whether it is a column of the metadata, which results may lack. */
  public boolean isMetadata() {
    return !by.equals(EMOTION) && !by.equals(RECORDING);
  }

  /** The group of a segment. */
  public String of(EmotionScores scores) {
    String group =
        switch (by) {
          case EMOTION -> scores.getEmotion();
          case RECORDING -> scores.getRecording();
          default -> scores.getMetadata().getOrDefault(by, NONE);
        };
    return group.isBlank() ? NONE : group;
  }
}
