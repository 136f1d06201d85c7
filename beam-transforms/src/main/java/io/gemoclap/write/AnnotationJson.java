package io.gemoclap.write;

import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.failure.Failure;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.EmotionShare;

/** Rows of the output as JSON objects, where they do not go to files. */
public final class AnnotationJson {
  private AnnotationJson() {}

  /** The line that {@code annotations-*.jsonl} has for a segment. */
  public static String of(EmotionScores scores) {
    return Rows.json(Rows.ANNOTATION, Rows.annotation(scores));
  }

  /** What a recording turned out to be, even one without speech. */
  public static String of(DecodedRecording recording) {
    return Rows.json(Rows.DECODED, Rows.decoded(recording));
  }

  /** The line that {@code shares-*.jsonl} has for a key and window. */
  public static String of(EmotionShare share) {
    return Rows.json(Rows.SHARE, Rows.share(share));
  }

  /** The line that {@code failures-*.jsonl} has for an item. */
  public static String of(Failure failure) {
    return Rows.json(Rows.FAILURE, Rows.failure(failure));
  }
}
