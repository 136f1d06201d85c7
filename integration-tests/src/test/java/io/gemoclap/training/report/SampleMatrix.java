package io.gemoclap.training.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A made-up evaluation of two models on two corpora with their reports; the same at every call. The
 * first corpus is the one that the models were trained on; of the last cell nothing was judged.
 */
final class SampleMatrix {
  static final List<String> MODELS = List.of("bundled", "<img src=x onerror=alert(1)>");
  static final List<String> CORPORA = List.of("emodb", "calls");

  private static final List<String> LABELS = List.of("anger", "neutral", "sadness");
  private static final int UTTERANCES = 60;

  private SampleMatrix() {}

  /** Writes all files of it. */
  static void write(Path folder) throws IOException {
    List<EvaluationCell> cells = new ArrayList<>();
    for (int m = 0; m < MODELS.size(); m++) {
      for (int c = 0; c < CORPORA.size(); c++) {
        boolean judged = m + c < 2;
        String name = "model-" + m + "/" + CORPORA.get(c);
        RunInfo info = info(MODELS.get(m), CORPORA.get(c), judged ? UTTERANCES : 0);
        Report report = null;
        if (judged) {
          Path cell = Files.createDirectories(folder.resolve(name));
          report = Report.write(new FinishedRun(info, rows(m, c), List.of()), cell);
        }
        cells.add(EvaluationCell.of(MODELS.get(m), info, report, name));
      }
    }
    new EvaluationMatrix(
            List.of("./gemoclap", "evaluate", "--corpus=emodb:/data/<emodb>", "--output=evaluated"),
            "2026-05-04T10:00:00Z",
            61.2,
            cells)
        .write(folder);
  }

  private static RunInfo info(String model, String corpus, int judged) {
    return new RunInfo(
        model + "/" + corpus,
        List.of("./gemoclap", "evaluate", "--corpus=emodb:/data/<emodb>", "--output=evaluated"),
        corpus,
        LABELS,
        null,
        0,
        "emotion",
        "speaker",
        0,
        Map.of(),
        Map.of("java", "17.0.10"),
        false,
        List.of(),
        "2026-05-04T10:00:00Z",
        30,
        new Evaluated(
            model,
            "0123456789abcdef".repeat(4),
            "EmoDB",
            "csv:/data/" + corpus,
            UTTERANCES + 3,
            judged,
            Map.of("<b>surprise</b>", 2),
            List.of("boredom"),
            Map.of("CORRUPT", UTTERANCES + 1 - judged),
            Map.of()));
  }

  private static List<PredictionRow> rows(int model, int corpus) {
    SplittableRandom random = new SplittableRandom(7 + 2 * model + corpus);
    List<PredictionRow> rows = new ArrayList<>();
    for (int u = 0; u < UTTERANCES; u++) {
      int truth = u % LABELS.size();
      double[] logits = random.doubles(LABELS.size()).map(x -> 3 * x).toArray();
      logits[truth] += 1;
      boolean male = u % 4 < 2;
      rows.add(
          new PredictionRow(
              "u" + u,
              "/data/u" + u + ".wav",
              "speaker-" + u % 4,
              null,
              male ? "male" : "female",
              "all",
              SelectedEpoch.BUNDLE,
              "emotion",
              LABELS.get(truth),
              logits,
              new double[] {random.nextDouble(), random.nextDouble()}));
    }
    return rows;
  }
}
