package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.table.JsonLines;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.evaluate.ConfusionMatrix;
import io.gemoclap.training.report.EpochRow;
import io.gemoclap.training.report.PredictionRow;
import io.gemoclap.training.report.SelectedEpoch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which epoch of a fold counts, with a development part and, by default, without one. */
final class FoldJudgeTest {
  private static final Utterance UTTERANCE = Utterance.of("a", "a.wav").label("W", "anger").build();

  @TempDir private Path folder;
  private final List<EpochRow> curves = new ArrayList<>();

  private static ConfusionMatrix.Scores scores(Double uar) {
    return uar == null ? null : new ConfusionMatrix.Scores(1, uar, uar, uar);
  }

  /**
   * Judges epochs, each of which says its own number.
   *
   * @param devUar of each epoch on the development part; null without one
   * @return the checkpoint and the number of the predictions that are kept
   */
  private String kept(Double... devUar) throws IOException {
    for (int epoch = 1; epoch <= devUar.length; epoch++) {
      FoldJudge judge = new FoldJudge("1", List.of("anger"), null, null, null, folder);
      double[] logits = {epoch};
      PredictionRow row =
          FoldJudge.row("1", UTTERANCE, SelectedEpoch.TEST, "emotion", logits, new double[0]);
      judge.keep(List.of(row), scores(devUar[epoch - 1]), 0.9 / epoch);
      curves.add(
          new EpochRow("1", epoch, 0.0, 0.0, null, devUar[epoch - 1], null, 0.9 / epoch, 0.0));
      JsonLines.writeRows(folder.resolve("curves.jsonl"), curves);
    }
    List<PredictionRow> rows =
        JsonLines.rows(folder.resolve("predictions-kept.jsonl"), PredictionRow.class);
    return rows.get(0).checkpoint() + " " + (int) rows.get(0).logits()[0];
  }

  @Test
  void withoutADevelopmentPartTheLastEpochCountsAndSaysSo() throws IOException {
    assertEquals("LAST 3", kept(null, null, null));
    assertEquals(3, FoldJudge.chosenEpoch(folder));
  }

  @Test
  void theFirstOfTheBestEpochsOfTheDevelopmentPartCounts() throws IOException {
    assertEquals("DEV 2", kept(0.5, 0.7, 0.7, 0.6));
    assertEquals(2, FoldJudge.chosenEpoch(folder));
  }

  @Test
  void thePredictionsThatTheTestPartWouldChooseStayApart() throws IOException {
    kept(null, null);
    List<PredictionRow> rows =
        JsonLines.rows(folder.resolve("predictions-test.jsonl"), PredictionRow.class);
    assertEquals(SelectedEpoch.TEST, rows.get(0).checkpoint());
    assertEquals(1, rows.get(0).logits()[0]);
  }
}
