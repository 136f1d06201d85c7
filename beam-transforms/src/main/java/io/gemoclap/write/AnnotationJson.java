package io.gemoclap.write;

import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.failure.Failure;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.EmotionShare;
import io.gemoclap.score.RecordingSummary;
import io.gemoclap.turns.EmotionTurn;

/**
 * Rows of the output as JSON objects, where they do not go to files. Unlike Beam's {@code ToJson},
 * which refuses fields that are maps, it writes the metadata.
 */
public final class AnnotationJson {
  private AnnotationJson() {}

  /** The line that {@code annotations-*.jsonl} has for a segment. */
  public static String of(EmotionScores scores) {
    return Rows.ANNOTATION.json(scores);
  }

  /** The line that {@code recordings-*.jsonl} has for a recording, channel and label set. */
  public static String of(RecordingSummary summary) {
    return Rows.RECORDING.json(summary);
  }

  /** The properties of a decoded recording, even one without speech. */
  public static String of(DecodedRecording recording) {
    return Rows.DECODED.json(recording);
  }

  /** The line that {@code shares-*.jsonl} has for a key and window. */
  public static String of(EmotionShare share) {
    return Rows.SHARE.json(share);
  }

  /** The line that {@code turns-*.jsonl} has for a turn. */
  public static String of(EmotionTurn turn) {
    return Rows.TURN.json(turn);
  }

  /** The line that {@code failures-*.jsonl} has for an item. */
  public static String of(Failure failure) {
    return Rows.FAILURE.json(failure);
  }
}
