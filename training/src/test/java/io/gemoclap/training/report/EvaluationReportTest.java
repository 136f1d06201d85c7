package io.gemoclap.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.report.Report.CalibrationFigures;
import io.gemoclap.training.report.Report.GroupGap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a finished bundle, by hand. */
final class EvaluationReportTest {
  private static final FinishedRun RUN =
      EvaluationRows.run("bundled", "none", "calls", EvaluationRows.ROWS);

  @TempDir private Path folder;

  @Test
  void figuresAreThoseOfTheBundlesOwnTemperature() {
    Report report = Report.of(RUN);
    assertEquals(3 / 5.0, report.war(), 1e-12);
    assertEquals((1 / 2.0 + 2 / 3.0) / 2, report.uar(), 1e-12);
    // Confidences 0.9, 0.8, 0.7, 0.6 and 0.9; the second and third are wrong.
    assertEquals(0.78, report.calibration().confidenceBefore(), 1e-12);
    // Bins of a fifteenth: 0.6 alone (gap 0.4), 0.7 alone (0.7), 0.8 alone (0.8), 0.9 twice (0.1).
    assertEquals((0.4 + 0.7 + 0.8 + 0.2) / 5, report.calibration().eceBefore(), 1e-12);
    assertNull(report.calibration().temperature(), "a finished bundle is not calibrated again");
    assertEquals("angry", report.mostPredicted().label());
    assertEquals(3 / 5.0, report.mostPredicted().share(), 1e-12);
    assertEquals(3 / 5.0, report.mostPredicted().trueShare(), 1e-12);
  }

  @Test
  void calibrationHasTheIntervalsOfTheOtherFigures() {
    List<PredictionRow> rows =
        List.of(
            EvaluationRows.row("1", "a", "female", "calm", 0.9),
            EvaluationRows.row("2", "a", "female", "calm", 0.9),
            EvaluationRows.row("3", "b", "male", "calm", 0.7),
            EvaluationRows.row("4", "b", "male", "angry", 0.3));
    CalibrationFigures calibration =
        Report.of(EvaluationRows.run("bundled", "none", "calls", rows)).calibration();
    // All are right. Two speakers: a twice (confidence 0.9), b twice (0.7), or both.
    assertEquals(0.7, calibration.confidenceIntervalBySpeaker().low(), 1e-12);
    assertEquals(0.9, calibration.confidenceIntervalBySpeaker().high(), 1e-12);
    assertEquals(0.1, calibration.eceIntervalBySpeaker().low(), 1e-12);
    assertEquals(0.3, calibration.eceIntervalBySpeaker().high(), 1e-12);
    // Within classes: angry is always 0.7; of three calm, all are 0.9 in 8 of 27, all 0.7 in 1.
    assertEquals((0.7 + 3 * 0.7) / 4, calibration.confidenceInterval().low(), 1e-12);
    assertEquals((0.7 + 3 * 0.9) / 4, calibration.confidenceInterval().high(), 1e-12);
    assertEquals((0.3 + 3 * 0.1) / 4, calibration.eceInterval().low(), 1e-12);
    assertEquals((0.3 + 3 * 0.3) / 4, calibration.eceInterval().high(), 1e-12);
  }

  @Test
  void calibrationOfOneSpeakerHasNoIntervalBySpeaker() {
    List<PredictionRow> rows =
        List.of(
            EvaluationRows.row("1", "", "unknown", "calm", 0.9),
            EvaluationRows.row("2", "", "unknown", "angry", 0.4));
    CalibrationFigures calibration =
        Report.of(EvaluationRows.run("bundled", "none", "calls", rows)).calibration();
    assertNull(calibration.eceIntervalBySpeaker());
    assertNull(calibration.confidenceIntervalBySpeaker());
  }

  @Test
  void genderIsJudgedByAccuracyAndByRecall() {
    Report report = Report.of(RUN);
    assertEquals(2 / 5.0, report.gender().war().value(), 1e-12);
    assertEquals(1 / 2.0, report.gender().uar().value(), 1e-12);
  }

  @Test
  void gapsAreDifferencesOfUarOfTheBestAndTheWorstGroup() {
    List<GroupGap> gaps = Report.of(RUN).gaps();
    // Female: (1 + 0) / 2. Male: (0 + 1) / 2.
    assertEquals(List.of("gender", "speaker"), gaps.stream().map(GroupGap::of).toList());
    assertEquals(0, gaps.get(0).gap(), 1e-12);

    List<PredictionRow> rows = new ArrayList<>(EvaluationRows.ROWS);
    rows.add(EvaluationRows.row("6", "c", "male", "calm", 0.9));
    rows.add(EvaluationRows.row("7", "", "unknown", "calm", 0.9));
    gaps = Report.of(EvaluationRows.run("bundled", "none", "calls", rows)).gaps();
    GroupGap gender = gaps.get(0);
    assertEquals("gender", gender.of());
    assertEquals("male", gender.best());
    assertEquals("female", gender.worst());
    // Male: calm 1 of 2, angry 2 of 2: 0.75. Female: 0.5.
    assertEquals(0.25, gender.gap(), 1e-12);
    assertEquals(0.0, gender.interval().low(), 1e-12);
    assertEquals(0.5, gender.interval().high(), 1e-12);
    GroupGap speaker = gaps.get(1);
    assertEquals("c", speaker.best());
    assertEquals("a", speaker.worst());
    assertEquals(0, speaker.gap(), 1e-12, "over calm alone, which is all that c said");
    assertEquals(2, gaps.size(), "the unknown are no group");
  }

  @Test
  void thePageTellsWhatWasEvaluatedAndNothingOfTraining() throws IOException {
    Report.write(RUN, folder);
    String html = Files.readString(folder.resolve("report.html"));
    assertTrue(html.contains("Judged <b>5</b> of 9 utterances by the 2 labels in common"), html);
    assertTrue(html.contains("&lt;b&gt;glee (1), surprise (2)"), "as text, never as markup");
    assertTrue(html.contains("CORRUPT (1)"));
    assertTrue(html.contains("that no utterance has: boredom"));
    assertTrue(html.contains("calmness&#61;calm") || html.contains("calmness=calm"));
    assertTrue(html.contains("Mean confidence"));
    assertTrue(html.contains("at the bundle’s temperature"));
    assertTrue(
        Pattern.compile(
                "95 % bootstrap intervals: calibration error [0-9.]+–[0-9.]+ with utterances drawn")
            .matcher(html)
            .find(),
        html);
    for (String training : List.of("Learning curves", "Loss ", "of the folds", "Folds</h3>")) {
      assertFalse(html.contains(training), training);
    }
    assertFalse(html.contains("id=\"trained-on\""));
  }

  @Test
  void thePageWarnsWhereTheCorpusIsTheTrainingCorpus() throws IOException {
    Report.write(EvaluationRows.run("bundled", "none", "EmoDB", EvaluationRows.ROWS), folder);
    assertTrue(Files.readString(folder.resolve("report.html")).contains("id=\"trained-on\""));
  }

  @Test
  void aFolderOfAnEvaluationCanBeReadAgain() throws IOException {
    RUN.write(folder);
    FinishedRun read = FinishedRun.read(folder);
    assertEquals(RUN.info(), read.info());
    assertEquals(Report.of(RUN).uar(), Report.of(read).uar());
  }
}
