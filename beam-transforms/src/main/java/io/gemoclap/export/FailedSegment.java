package io.gemoclap.export;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.score.EmotionScores;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** A segment whose audio could not be exported, as the mark of its shard keeps it. */
record FailedSegment(
    String kind,
    String item,
    String recording,
    double startSeconds,
    String message,
    Map<String, String> metadata)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  static FailedSegment of(EmotionScores segment, DecodeException reason) {
    return new FailedSegment(
        reason.kind().name(),
        segment.getSegmentId(),
        segment.getRecording(),
        segment.getStartSeconds(),
        String.valueOf(reason.getMessage()),
        new TreeMap<>(segment.getMetadata()));
  }

  Failure failure() {
    return Failure.at(
            ExportCorpus.STAGE, FailureKind.valueOf(kind), item, recording, startSeconds, message)
        .withMetadata(metadata);
  }
}
