package io.gemoclap.training.report;

import java.util.List;
import java.util.Map;

/** Small runs for tests: two labels, and rows that say little but what matters. */
final class PredictionRows {
  private PredictionRows() {}

  static RunInfo info(String... labels) {
    return new RunInfo(
        "run",
        List.of("./gemoclap", "train"),
        "corpus",
        List.of(labels),
        "SL",
        0.75,
        "emotion",
        "none",
        1,
        Map.of("epochs", 3),
        Map.of("java", "17"),
        false,
        List.of(),
        "2026-05-04T10:00:00Z",
        12.5,
        null);
  }

  /** A row of the development-chosen checkpoint under prompts of emotion; the speaker is a fold. */
  static PredictionRow row(String id, String speaker, String emotion, double... logits) {
    return row(SelectedEpoch.DEV, "emotion", id, speaker, emotion, logits);
  }

  static PredictionRow row(
      SelectedEpoch checkpoint,
      String prompts,
      String id,
      String speaker,
      String emotion,
      double... logits) {
    return new PredictionRow(
        id,
        "/audio/" + id,
        speaker,
        null,
        "female",
        speaker,
        checkpoint,
        prompts,
        emotion,
        logits,
        null);
  }

  static FinishedRun run(PredictionRow... rows) {
    return new FinishedRun(info("calm", "angry"), List.of(rows), List.of());
  }
}
