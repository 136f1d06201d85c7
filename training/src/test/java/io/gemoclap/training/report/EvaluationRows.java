package io.gemoclap.training.report;

import java.util.List;
import java.util.Map;

/** A small evaluation for tests: two labels; probabilities instead of logits. */
final class EvaluationRows {
  private EvaluationRows() {}

  /** A row whose prediction has a confidence; gender scores say female with 0.8. */
  static PredictionRow row(
      String id, String speaker, String gender, String emotion, double probabilityOfCalm) {
    return new PredictionRow(
        id,
        "/audio/" + id,
        speaker,
        null,
        gender,
        "all",
        SelectedEpoch.BUNDLE,
        "emotion",
        emotion,
        new double[] {Math.log(probabilityOfCalm), Math.log(1 - probabilityOfCalm)},
        new double[] {Math.log(0.8), Math.log(0.2)});
  }

  /** Female a: calm right, angry wrong. Male b: calm wrong, both angry right. Five in all. */
  static final List<PredictionRow> ROWS =
      List.of(
          row("1", "a", "female", "calm", 0.9),
          row("2", "a", "female", "angry", 0.8),
          row("3", "b", "male", "calm", 0.3),
          row("4", "b", "male", "angry", 0.4),
          row("5", "b", "male", "angry", 0.1));

  static FinishedRun run(String model, String normalize, String corpus, List<PredictionRow> rows) {
    return new FinishedRun(info(model, normalize, corpus, rows.size()), rows, List.of());
  }

  static RunInfo info(String model, String normalize, String corpus, int judged) {
    return new RunInfo(
        model + "-" + normalize + "/" + corpus,
        List.of("./gemoclap", "evaluate"),
        corpus,
        List.of("calm", "angry"),
        null,
        0,
        "emotion",
        normalize,
        0,
        Map.of(),
        Map.of("java", "17"),
        false,
        List.of(),
        "2026-05-04T10:00:00Z",
        2,
        new Evaluated(
            model,
            "0123456789abcdef",
            "emodb",
            "csv:/data/" + corpus + ".csv",
            judged + 4,
            judged,
            Map.of("surprise", 2, "<b>glee", 1),
            List.of("boredom"),
            Map.of("CORRUPT", 1),
            Map.of("calmness", "calm")));
  }
}
