package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.report.Report.MostPredicted;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One bundle under one normalisation on one corpus: a cell of a matrix.
 *
 * @param name of the bundle in the matrix
 * @param normalize how features were normalised
 * @param corpusName of the corpus in the matrix
 * @param folder of the report, below that of the matrix
 * @param labels labels in common, as the bundle words them
 * @param chance UAR of guessing
 * @param trainingCorpus whether the bundle was trained on a corpus of this name
 * @param evaluated what was evaluated, and what became of it
 * @param figures of the report; null where no utterance has a result
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationCell(
    String name,
    String normalize,
    String corpusName,
    String folder,
    List<String> labels,
    double chance,
    boolean trainingCorpus,
    @JsonUnwrapped Evaluated evaluated,
    @JsonUnwrapped CellFigures figures) {

  /**
   * Figures of a report. All are shares from 0 to 1. Intervals are 95 % bootstrap intervals.
   *
   * @param war weighted average recall
   * @param warInterval utterances drawn within each class
   * @param uar unweighted average recall
   * @param uarInterval the same
   * @param uarIntervalBySpeaker whole speakers drawn; null with a single speaker
   * @param macroF1 mean F1
   * @param ece expected calibration error at the bundle's temperature
   * @param eceInterval utterances drawn within each class
   * @param eceIntervalBySpeaker whole speakers drawn; null with a single speaker
   * @param meanConfidence mean probability of the predicted label
   * @param meanConfidenceInterval utterances drawn within each class
   * @param meanConfidenceIntervalBySpeaker whole speakers drawn; null with a single speaker
   * @param mostPredicted the label that was predicted most often
   * @param genderUtterances number of utterances of known gender; 0 where gender was not scored
   * @param genderWar accuracy of zero-shot gender; null where it was not scored
   * @param genderUar mean recall of the genders; null where it was not scored
   * @param genderGap UAR of the better gender minus that of the other; null with fewer than two
   * @param genderGapInterval its interval
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CellFigures(
      double war,
      Interval warInterval,
      double uar,
      Interval uarInterval,
      Interval uarIntervalBySpeaker,
      double macroF1,
      double ece,
      Interval eceInterval,
      Interval eceIntervalBySpeaker,
      double meanConfidence,
      Interval meanConfidenceInterval,
      Interval meanConfidenceIntervalBySpeaker,
      MostPredicted mostPredicted,
      int genderUtterances,
      Double genderWar,
      Double genderUar,
      Double genderGap,
      Interval genderGapInterval) {

    static CellFigures of(Report report) {
      Report.Figures first = report.figures().get(0);
      Report.Figures gender = report.gender();
      Report.CalibrationFigures calibration = report.calibration();
      Optional<Report.GroupGap> gap =
          report.gaps().stream().filter(g -> g.of().equals("gender")).findFirst();
      return new CellFigures(
          report.war(),
          first.war().byUtterance(),
          report.uar(),
          first.uar().byUtterance(),
          first.uar().bySpeaker(),
          report.macroF1(),
          calibration.eceBefore(),
          calibration.eceInterval(),
          calibration.eceIntervalBySpeaker(),
          calibration.confidenceBefore(),
          calibration.confidenceInterval(),
          calibration.confidenceIntervalBySpeaker(),
          report.mostPredicted(),
          gender == null ? 0 : gender.utterances(),
          gender == null ? null : gender.war().value(),
          gender == null ? null : gender.uar().value(),
          gap.map(Report.GroupGap::gap).orElse(null),
          gap.map(Report.GroupGap::interval).orElse(null));
    }
  }

  /**
   * A cell.
   *
   * @param name of the bundle in the matrix
   * @param run what was evaluated
   * @param report of it; null where no utterance has a result
   * @param folder of the report, below that of the matrix
   */
  public static EvaluationCell of(String name, RunInfo run, Report report, String folder) {
    return new EvaluationCell(
        name,
        run.normalize(),
        run.corpus(),
        folder,
        run.labels(),
        1.0 / run.labels().size(),
        run.evaluated().isTrainedOn(run.corpus()),
        run.evaluated(),
        report == null ? null : CellFigures.of(report));
  }

  /** Names of the columns of {@link #csv}. */
  static List<String> csvColumns() {
    return List.of(
        ("model,model_id,normalize,corpus,training_corpus,labels,utterances,judged,excluded,failed,"
                + "chance,war,war_low,war_high,uar,uar_low,uar_high,uar_low_by_speaker,"
                + "uar_high_by_speaker,macro_f1,ece,mean_confidence,most_predicted,"
                + "most_predicted_share,gender_utterances,gender_war,gender_uar,gender_gap,report,"
                + "ece_low,ece_high,ece_low_by_speaker,ece_high_by_speaker,mean_confidence_low,"
                + "mean_confidence_high,mean_confidence_low_by_speaker,"
                + "mean_confidence_high_by_speaker")
            .split(","));
  }

  /** The cell as a row of a table; what was not measured is empty. */
  List<String> csv() {
    Stream<Object> counts =
        Stream.of(
            name,
            evaluated.modelId(),
            normalize,
            corpusName,
            trainingCorpus,
            String.join(" ", labels),
            evaluated.utterances(),
            evaluated.judged(),
            evaluated.excluded(),
            evaluated.failed(),
            chance);
    Stream<Object> measured =
        figures == null
            ? Stream.generate(() -> (Object) "").limit(csvColumns().size() - 11)
            : Stream.of(
                figures.war(),
                figures.warInterval().low(),
                figures.warInterval().high(),
                figures.uar(),
                figures.uarInterval().low(),
                figures.uarInterval().high(),
                low(figures.uarIntervalBySpeaker()),
                high(figures.uarIntervalBySpeaker()),
                figures.macroF1(),
                figures.ece(),
                figures.meanConfidence(),
                figures.mostPredicted().label(),
                figures.mostPredicted().share(),
                figures.genderUtterances(),
                orEmpty(figures.genderWar()),
                orEmpty(figures.genderUar()),
                orEmpty(figures.genderGap()),
                folder + "/report.html",
                low(figures.eceInterval()),
                high(figures.eceInterval()),
                low(figures.eceIntervalBySpeaker()),
                high(figures.eceIntervalBySpeaker()),
                low(figures.meanConfidenceInterval()),
                high(figures.meanConfidenceInterval()),
                low(figures.meanConfidenceIntervalBySpeaker()),
                high(figures.meanConfidenceIntervalBySpeaker()));
    return Stream.concat(counts, measured).map(String::valueOf).toList();
  }

  private static Object low(Interval interval) {
    return interval == null ? "" : interval.low();
  }

  private static Object high(Interval interval) {
    return interval == null ? "" : interval.high();
  }

  private static Object orEmpty(Double value) {
    return value == null ? "" : value;
  }
}
