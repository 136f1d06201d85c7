package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.evaluate.Reliability.Bin;
import io.gemoclap.training.evaluate.RiskCoverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code report.json}: everything that can be said of a finished run. It is written and never read
 * back; a run folder's files make it anew. Figures are of the headline (see {@link #figures}) where
 * nothing else is said. docs/reports.md defines each.
 *
 * @param run the settings of the run; its fields are next to the following
 * @param checkpointChoice of the headline: {@code dev}, {@code last} where no checkpoint was
 *     chosen, or {@code test} where there is no other
 * @param scoredPrompts of the headline: what the label sentences said
 * @param war weighted average recall, pooled
 * @param uar unweighted average recall, pooled
 * @param macroF1 mean F1, pooled
 * @param confusion counts, truth by prediction, in the order of the run's labels
 * @param mostPredicted the label that was predicted most often
 * @param classes figures of each label
 * @param figures every checkpoint choice and kind of prompts, with intervals; the headline first
 * @param gender the headline's zero-shot gender, or null when it was not scored
 * @param folds figures of each fold
 * @param speakers figures of each speaker
 * @param genders figures of each gender of the speakers
 * @param gaps how far the genders, and the speakers, lie apart
 * @param calibration of the emotions' probabilities
 * @param genderCalibration of the genders' probabilities, or null
 * @param hardest utterances with the least probability of the truth, worst first
 * @param learning how training of each fold went
 * @param consistency how far labels hold when recordings are degraded; empty where none was judged
 * @param riskCoverage the risk-coverage curve of the emotions, at the temperatures of {@code
 *     hardest}
 * @param confidence how honest confidence is over all conditions; null where it was not measured
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // a file's content, never compared
public record Report(
    @JsonUnwrapped RunInfo run,
    SelectedEpoch checkpointChoice,
    String scoredPrompts,
    double war,
    double uar,
    double macroF1,
    int[][] confusion,
    MostPredicted mostPredicted,
    List<ClassFigures> classes,
    List<Figures> figures,
    Figures gender,
    List<GroupFigures> folds,
    List<GroupFigures> speakers,
    List<GroupFigures> genders,
    List<GroupGap> gaps,
    CalibrationFigures calibration,
    CalibrationFigures genderCalibration,
    List<HardUtterance> hardest,
    List<LearningFigures> learning,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ConsistencyRow> consistency,
    RiskCoverage riskCoverage,
    ConfidenceFigures confidence) {

  /** Works everything out; the same run gives the same report. */
  public static Report of(FinishedRun run) {
    return new ReportBuilder(run).build();
  }

  /**
   * Works the report of a finished run out and writes {@code report.json}, {@code report.html} and
   * {@code events/<fold>/} into the run's folder, over what stood there.
   *
   * @return the report that was written
   */
  public static Report write(FinishedRun run, Path folder) throws IOException {
    Report report = of(run);
    JsonLines.writeValue(folder.resolve("report.json"), report);
    Files.writeString(folder.resolve("report.html"), HtmlReport.render(report, run.curves()));
    Events.write(run, folder.resolve("events"));
    return report;
  }

  /**
   * The label that was predicted most often. A model that gives most speech of another corpus one
   * label shows it here.
   *
   * @param label the label; the first of several
   * @param share of all utterances that were given it, 0 to 1
   * @param trueShare of all utterances that are of it, 0 to 1
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record MostPredicted(String label, double share, double trueShare) {}

  /**
   * How far the groups of one kind lie apart: the UAR of the best minus that of the worst, over the
   * labels that both have. The best and worst of many speakers also differ by chance.
   *
   * @param of {@code gender} or {@code speaker}
   * @param best name of the group with the greatest UAR
   * @param worst name of the group with the least UAR
   * @param gap difference, 0 to 1
   * @param interval 95 % bootstrap interval of the difference of these two groups, utterances drawn
   *     within each class of each group
   */
  public record GroupGap(String of, String best, String worst, double gap, Interval interval) {}

  /**
   * Headline figures of one label.
   *
   * @param label the label
   * @param utterances test utterances of that label
   * @param recall share of them that were given it; 0 without any
   * @param precision share of those that were given it and are of it; 0 when it was never given
   * @param f1 harmonic mean of both
   */
  public record ClassFigures(
      String label, int utterances, double recall, double precision, double f1) {}

  /**
   * Headline figures of some of the test utterances: those of a fold, a speaker or a gender.
   *
   * @param name of the fold, speaker or gender
   * @param utterances number of utterances
   * @param war weighted average recall
   * @param uar mean recall of the classes that the group has
   * @param uarInterval 95 % bootstrap interval of the UAR, utterances drawn within each class
   * @param macroF1 mean F1 of the classes that the group has
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record GroupFigures(
      String name, int utterances, double war, double uar, Interval uarInterval, double macroF1) {}

  /**
   * How good one way of choosing checkpoints is under one kind of prompts.
   *
   * @param checkpoint how each fold's checkpoint was chosen
   * @param prompts what the label sentences said
   * @param utterances number of test utterances
   * @param speakers number of their speakers
   * @param war weighted average recall: the share of utterances that are right
   * @param uar unweighted average recall: the mean of the classes' recalls
   * @param macroF1 mean F1 of the classes
   * @param labels classes, in the order of the confusion matrix
   * @param confusion counts, truth by prediction
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @SuppressWarnings("ArrayRecordComponent") // a file's content, never compared
  public record Figures(
      SelectedEpoch checkpoint,
      String prompts,
      int utterances,
      int speakers,
      Score war,
      Score uar,
      Score macroF1,
      List<String> labels,
      int[][] confusion) {}

  /**
   * A score with what is known of its spread. All are shares from 0 to 1.
   *
   * @param value over all test utterances together (pooled)
   * @param byUtterance 95 % bootstrap interval of {@code value}, utterances drawn within each class
   * @param bySpeaker the same, whole speakers drawn; null with a single speaker
   * @param foldMean mean of the folds' own scores
   * @param foldStd their standard deviation (n − 1); null with a single fold
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Score(
      double value, Interval byUtterance, Interval bySpeaker, double foldMean, Double foldStd) {}

  /**
   * A test utterance of which the model thought little of the right label.
   *
   * @param id utterance
   * @param uri its audio
   * @param speaker its speaker
   * @param fold its fold
   * @param emotion the right label
   * @param probability given to it, at the fold's temperature
   * @param predicted the label that was given
   * @param confidence probability of that label
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record HardUtterance(
      String id,
      String uri,
      String speaker,
      String fold,
      String emotion,
      double probability,
      String predicted,
      double confidence) {}

  /**
   * How training of one fold went. What was not measured is null.
   *
   * @param fold its name
   * @param epochs number of epochs
   * @param lastLoss loss of the last epoch
   * @param bestDevUar greatest UAR on the development part
   * @param bestDevEpoch its first epoch
   * @param bestTestUar greatest UAR on the test part: optimistic
   * @param bestTestEpoch its first epoch
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LearningFigures(
      String fold,
      int epochs,
      Double lastLoss,
      Double bestDevUar,
      Integer bestDevEpoch,
      Double bestTestUar,
      Integer bestTestEpoch) {}

  /**
   * How honest the probabilities are.
   *
   * @param temperature fitted on all test predictions together: what a final bundle stores; null
   *     for the evaluation of a bundle, which has its temperature
   * @param foldTemperatures the temperature of each fold, fitted on the other folds; empty with a
   *     single fold
   * @param eceBefore expected calibration error at temperature 1; in the evaluation of a bundle, of
   *     the probabilities that annotation gives
   * @param eceAfter the same with each fold at its own of {@code foldTemperatures}; null with a
   *     single fold, where no temperature is unseen
   * @param confidenceBefore mean confidence as for {@code eceBefore}, 0 to 1
   * @param confidenceAfter the same as for {@code eceAfter}; null with a single fold
   * @param eceInterval 95 % bootstrap interval of {@code eceAfter}, or of {@code eceBefore} where
   *     there is none; utterances drawn within each class
   * @param eceIntervalBySpeaker the same, whole speakers drawn; null with a single speaker
   * @param confidenceInterval 95 % bootstrap interval of {@code confidenceAfter}, or of {@code
   *     confidenceBefore} where there is none; utterances drawn within each class
   * @param confidenceIntervalBySpeaker the same, whole speakers drawn; null with a single speaker
   * @param binsBefore reliability at temperature 1
   * @param binsAfter reliability with {@code foldTemperatures}; empty with a single fold
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CalibrationFigures(
      Double temperature,
      Map<String, Double> foldTemperatures,
      double eceBefore,
      Double eceAfter,
      double confidenceBefore,
      Double confidenceAfter,
      Interval eceInterval,
      Interval eceIntervalBySpeaker,
      Interval confidenceInterval,
      Interval confidenceIntervalBySpeaker,
      List<Bin> binsBefore,
      List<Bin> binsAfter) {}
}
