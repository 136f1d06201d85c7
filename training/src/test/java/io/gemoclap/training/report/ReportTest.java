package io.gemoclap.training.report;

import static io.gemoclap.training.report.PredictionRows.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.report.Report.CalibrationFigures;
import io.gemoclap.training.report.Report.ClassFigures;
import io.gemoclap.training.report.Report.Figures;
import io.gemoclap.training.report.Report.GroupFigures;
import io.gemoclap.training.report.Report.HardUtterance;
import io.gemoclap.training.report.Report.LearningFigures;
import io.gemoclap.training.report.Report.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportTest {
  @TempDir private Path folder;

  /** Speaker a: both calm right, one of two angry right. Speaker b: all of four right. */
  private static final FinishedRun RUN =
      PredictionRows.run(
          row("1", "a", "calm", 2, 0),
          row("2", "a", "calm", 1, 0),
          row("3", "a", "angry", 0, 1),
          row("4", "a", "angry", 3, 0),
          row("5", "b", "calm", 1, 0),
          row("6", "b", "angry", 0, 1),
          row("7", "b", "angry", 0, 1),
          row("8", "b", "angry", 0, 2));

  @Test
  void poolsTheFoldsAndSpreadsThem() {
    Report report = Report.of(RUN);
    assertArrayEquals(new int[][] {{3, 0}, {1, 4}}, report.confusion());
    assertEquals(7 / 8.0, report.war(), 1e-12);
    assertEquals((1 + 0.8) / 2, report.uar(), 1e-12);
    assertEquals((6 / 7.0 + 8 / 9.0) / 2, report.macroF1(), 1e-12);
    Score uar = report.figures().get(0).uar();
    // Folds: 0.75 and 1. Standard deviation of two: their distance over √2.
    assertEquals(0.875, uar.foldMean(), 1e-12);
    assertEquals(0.25 / Math.sqrt(2), uar.foldStd(), 1e-12);
  }

  @Test
  void intervalsHoldTheScoreAndReachAsFarAsTheirKindCan() {
    Score uar = Report.of(RUN).figures().get(0).uar();
    // Within classes: calm is always right; of five angry, one or two draws in eight are wrong.
    assertEquals(1, uar.byUtterance().high());
    assertTrue(uar.byUtterance().low() >= 0.5 && uar.byUtterance().low() < 0.8);
    // Two speakers: a twice (0.75), b twice (1), or both.
    assertEquals(new Interval(0.75, 1), uar.bySpeaker());
  }

  @Test
  void theHeadlineIsChosenOnTheDevelopmentPartAndSpokenToAsInAnnotation() {
    Report report =
        Report.of(
            PredictionRows.run(
                row(SelectedEpoch.TEST, "emotion", "1", "a", "calm", 2, 0),
                row(SelectedEpoch.DEV, "a mood", "1", "a", "calm", 2, 0),
                row(SelectedEpoch.DEV, "emotion", "1", "a", "calm", 0, 2),
                row(SelectedEpoch.DEV, "emotion+gender", "1", "a", "calm", 2, 0)));
    assertEquals(SelectedEpoch.DEV, report.checkpointChoice());
    assertEquals("emotion", report.scoredPrompts());
    assertEquals(0, report.war());
    assertEquals(
        List.of("DEV emotion", "DEV a mood", "DEV emotion+gender", "TEST emotion"),
        report.figures().stream().map(f -> f.checkpoint() + " " + f.prompts()).toList());
  }

  @Test
  void withoutADevelopmentPartTheHeadlineIsMarked() {
    FinishedRun run =
        PredictionRows.run(row(SelectedEpoch.TEST, "emotion", "1", "a", "calm", 2, 0));
    assertEquals(SelectedEpoch.TEST, Report.of(run).checkpointChoice());
  }

  @Test
  void groupsAndClassesByHand() {
    Report report = Report.of(RUN);
    assertEquals(List.of("a", "b"), report.speakers().stream().map(GroupFigures::name).toList());
    assertEquals(0.75, report.speakers().get(0).uar(), 1e-12);
    assertEquals(1, report.speakers().get(1).war(), 1e-12);
    assertEquals(8, report.genders().get(0).utterances());
    ClassFigures angry = report.classes().get(1);
    assertEquals(0.8, angry.recall(), 1e-12);
    assertEquals(1, angry.precision(), 1e-12);
    assertEquals(8 / 9.0, angry.f1(), 1e-12);
  }

  @Test
  void theHardestUtteranceComesFirst() {
    Report report = Report.of(RUN);
    HardUtterance hardest = report.hardest().get(0);
    assertEquals("4", hardest.id());
    assertEquals("calm", hardest.predicted());
    double temperature = report.calibration().foldTemperatures().get("a");
    assertEquals(1 / (1 + Math.exp(3 / temperature)), hardest.probability(), 1e-9);
  }

  @Test
  void noFoldIsJudgedAtATemperatureThatSawIt() {
    CalibrationFigures calibration = Report.of(RUN).calibration();
    // Fold b is all right, so the temperature of fold a is as low as it goes; a makes b careful.
    assertTrue(calibration.foldTemperatures().get("a") < 0.03);
    assertTrue(calibration.foldTemperatures().get("b") > 0.5);
    // At it, fold a's three right items and its wrong one are sure: the error is that item.
    double careful = calibration.foldTemperatures().get("b");
    double[] gaps = {1 / (1 + Math.exp(1 / careful)), 1 / (1 + Math.exp(2 / careful))};
    assertTrue(calibration.eceAfter() <= (1 + 3 * gaps[0] + gaps[1]) / 8 + 1e-9);
    assertTrue(calibration.eceAfter() > 0.05);
  }

  @Test
  void aSingleFoldHasNoUnseenTemperature() {
    CalibrationFigures calibration =
        Report.of(PredictionRows.run(row("1", "a", "calm", 2, 0), row("2", "a", "calm", 0, 1)))
            .calibration();
    assertNull(calibration.eceAfter());
    assertEquals(List.of(), calibration.binsAfter());
  }

  @Test
  void learningNamesTheFirstBestEpoch() {
    List<EpochRow> curves =
        List.of(
            new EpochRow("f", 2, 0.5, null, null, 0.7, null, 0.6, null),
            new EpochRow("f", 1, 0.9, null, null, 0.4, null, 0.8, null),
            new EpochRow("f", 3, 0.3, null, null, 0.7, null, 0.5, null));
    assertEquals(
        List.of(new LearningFigures("f", 3, 0.3, 0.7, 2, 0.8, 1)), LearningCurves.figures(curves));
  }

  @Test
  void reportJsonHoldsTheRunBesideItsFigures() throws IOException {
    Report.write(RUN, folder);
    JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("report.json")));
    for (String field :
        List.of("war", "uar", "macro_f1", "labels", "confusion", "folds", "settings", "versions")) {
      assertTrue(json.has(field), field);
    }
    assertEquals("dev", json.get("checkpoint_choice").asText());
    assertFalse(json.has("run"));
    assertFalse(json.has("gender"), "none was scored");
  }

  @ParameterizedTest
  @CsvSource({
    "DEV, dev, did best on each fold's <b>development</b> part, development part",
    "LAST, last, use each fold's <b>last</b> epoch, nothing: last epoch",
    "TEST, test, was chosen on its own test part, test part"
  })
  void everyFileTellsHowTheCheckpointWasChosen(
      SelectedEpoch checkpoint, String json, String sentence, String row) throws IOException {
    FinishedRun run =
        PredictionRows.run(
            row(checkpoint, "emotion", "1", "a", "calm", 2, 0),
            row(checkpoint, "emotion", "2", "b", "angry", 0, 2));
    Report.write(run, folder);
    JsonNode report = new ObjectMapper().readTree(Files.readString(folder.resolve("report.json")));
    assertEquals(json, report.get("checkpoint_choice").asText());
    assertEquals(json, report.get("figures").get(0).get("checkpoint").asText());
    String html = Files.readString(folder.resolve("report.html"));
    assertTrue(html.contains(sentence), sentence);
    assertTrue(html.contains("<th scope=\"row\">" + row), row);
    if (checkpoint == SelectedEpoch.LAST) {
      assertFalse(html.contains("<b>development</b>"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void curvesOfADevelopmentPartAreShownWhereThereIsOne(boolean dev) throws IOException {
    Double uar = dev ? 0.5 : null;
    List<EpochRow> curves = List.of(new EpochRow("f", 1, 0.5, null, uar, uar, null, 0.8, null));
    Report.write(new FinishedRun(RUN.info(), RUN.predictions(), curves), folder);
    String html = Files.readString(folder.resolve("report.html"));
    assertEquals(dev, html.contains("UAR on the development part"));
    assertEquals(dev, html.contains("Best dev UAR"));
  }

  @Test
  void theSameRunGivesTheSameFiles() throws IOException {
    Report.write(RUN, folder);
    String json = Files.readString(folder.resolve("report.json"));
    String html = Files.readString(folder.resolve("report.html"));
    Report.write(RUN, folder);
    assertEquals(json, Files.readString(folder.resolve("report.json")));
    assertEquals(html, Files.readString(folder.resolve("report.html")));
  }

  @Test
  void genderIsJudgedWhereItIsKnown() {
    PredictionRow known = withGender("1", "female", 0, 2);
    PredictionRow other = withGender("2", "male", 0, 2);
    PredictionRow unknown = withGender("3", "unknown", 0, 2);
    Figures gender = Report.of(PredictionRows.run(known, other, unknown)).gender();
    assertEquals(2, gender.utterances());
    assertArrayEquals(new int[][] {{0, 1}, {0, 1}}, gender.confusion());
  }

  private static PredictionRow withGender(String id, String gender, double... logits) {
    return new PredictionRow(
        id,
        null,
        "s",
        null,
        gender,
        "f",
        SelectedEpoch.DEV,
        "emotion",
        "calm",
        new double[] {1, 0},
        logits);
  }
}
