package io.gemoclap.training.report;

import static io.gemoclap.training.report.PredictionRows.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.evaluate.RiskCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FinishedRunTest {
  private static final ConfidenceFigures FIGURES =
      new ConfidenceFigures(
          0.5,
          0.25,
          0.375,
          0.75,
          0.625,
          0.125,
          List.of(
              new ConfidenceFigures.Condition(
                  "room-mild", true, "all", 4, 0.75, 0.5, 0.25, 0, null, 1.5)),
          new RiskCoverage(0.25, List.of(new RiskCoverage.Point(1, 0.25, 0.5))));

  @TempDir private Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    EpochRow epoch = new EpochRow("3+8", 1, 0.5, 1e-3, null, 0.25, null, null, 400.0);
    FinishedRun run =
        new FinishedRun(
            PredictionRows.info("calm", "angry"),
            List.of(row("u", "s", "angry", 1, 2.5)),
            List.of(epoch),
            List.of(
                new ConsistencyRow("room-mild", "mild", true, false, 4, 0.75, 0.5),
                new ConsistencyRow("room-harsh", "harsh", false, true, 4, 0.25, 0.125)),
            FIGURES);
    run.write(folder);
    FinishedRun read = FinishedRun.read(folder);
    assertEquals(run.info(), read.info());
    assertEquals(List.of(epoch), read.curves());
    assertEquals(run.consistency(), read.consistency());
    assertEquals(FIGURES, read.confidence());
    PredictionRow row = read.predictions().get(0);
    assertEquals("angry", row.emotion());
    assertEquals(SelectedEpoch.DEV, row.checkpoint());
    assertArrayEquals(new double[] {1, 2.5}, row.logits());
    assertNull(row.genderLogits());
  }

  @Test
  void readsTheFilesAsTheyAreDescribed() throws IOException {
    Files.writeString(
        folder.resolve("run.json"),
        "{\"id\":\"r\",\"labels\":[\"calm\",\"angry\"],\"speaker_dependent\":true,"
            + "\"failed_folds\":[{\"fold\":\"1\",\"reason\":\"NaN\"}],\"of_tomorrow\":1}");
    Files.writeString(
        folder.resolve("predictions.jsonl"),
        "{\"id\":\"u\",\"uri\":\"a.wav\",\"speaker\":\"03\",\"gender\":\"male\",\"fold\":\"03+08\","
            + "\"checkpoint\":\"test\",\"prompts\":\"emotion+gender\",\"emotion\":\"calm\","
            + "\"logits\":[2,1],\"gender_logits\":[0,3]}\n\n");
    FinishedRun run = FinishedRun.read(folder);
    assertTrue(run.info().speakerDependent());
    assertEquals("NaN", run.info().failedFolds().get(0).reason());
    assertEquals(SelectedEpoch.TEST, run.predictions().get(0).checkpoint());
    assertArrayEquals(new double[] {0, 3}, run.predictions().get(0).genderLogits());
    assertEquals(List.of(), run.curves());
    assertEquals(List.of(), run.consistency());
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    assertEquals(
        "There is no run folder '" + nowhere + "'",
        assertThrows(IllegalArgumentException.class, () -> FinishedRun.read(nowhere)).getMessage());
    assertEquals(
        "'" + folder + "' is not a finished run: it has no run.json and no predictions.jsonl",
        assertThrows(IllegalArgumentException.class, () -> FinishedRun.read(folder)).getMessage());
    Files.writeString(folder.resolve("run.json"), "{}");
    assertEquals(
        "'" + folder + "' is not a finished run: it has no predictions.jsonl",
        assertThrows(IllegalArgumentException.class, () -> FinishedRun.read(folder)).getMessage());
  }

  @Test
  void namesTheLineThatIsNotARow() throws IOException {
    PredictionRows.run(row("u", "s", "angry", 1, 2)).write(folder);
    Path file = folder.resolve("predictions.jsonl");
    Files.writeString(file, Files.readString(file) + "{\"id\":");
    String message = assertThrows(IOException.class, () -> FinishedRun.read(folder)).getMessage();
    assertTrue(message.startsWith(file + ", line 2: "), message);
  }

  @Test
  void rejectsRowsThatDoNotFit() {
    refused("knows no 'bored'", "is not a label of the run", row("u", "s", "bored", 1, 2));
    refused("one logit", "lacks a logit for each label", row("u", "s", "calm", 1));
    refused("no number", "lacks a logit for each label", row("u", "s", "calm", 1, Double.NaN));
    refused("no fold", "lacks one of id, speaker, fold", row("u", null, "calm", 1, 2));
    refused("twice", "occurs twice", row("u", "s", "calm", 1, 2), row("u", "s", "calm", 1, 2));
    refused(
        "two truths",
        "has two different emotions",
        row("u", "s", "calm", 1, 2),
        row(SelectedEpoch.TEST, "emotion", "u", "s", "angry", 1, 2));
    refused(
        "half a part",
        "Only 1 of 2 utterances have predictions for DEV and 'emotion'",
        row("u", "s", "calm", 1, 2),
        row(SelectedEpoch.TEST, "emotion", "u", "s", "calm", 1, 2),
        row(SelectedEpoch.TEST, "emotion", "v", "s", "calm", 1, 2));
    refused("nothing", "has no predictions");
  }

  private static void refused(String what, String sentence, PredictionRow... rows) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PredictionRows.run(rows), what)
            .getMessage();
    assertTrue(message.contains(sentence), message);
  }
}
