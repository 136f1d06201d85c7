package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

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
 * @param classes figures of each label
 * @param figures every checkpoint choice and kind of prompts, with intervals; the headline first
 * @param gender the headline's zero-shot gender, or null when it was not scored
 * @param folds figures of each fold
 * @param speakers figures of each speaker
 * @param genders figures of each gender of the speakers
 * @param calibration of the emotions' probabilities
 * @param genderCalibration of the genders' probabilities, or null
 * @param hardest utterances with the least probability of the truth, worst first
 * @param learning how training of each fold went
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
    List<ClassFigures> classes,
    List<Figures> figures,
    Figures gender,
    List<GroupFigures> folds,
    List<GroupFigures> speakers,
    List<GroupFigures> genders,
    CalibrationFigures calibration,
    CalibrationFigures genderCalibration,
    List<HardUtterance> hardest,
    List<LearningFigures> learning) {

  /** Works everything out; the same run gives the same report. */
  public static Report of(FinishedRun run) {
    return new ReportBuilder(run).build();
  }
}
