package io.gemoclap.training.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.training.fit.TrainConfig;
import java.util.List;

/**
 * {@code report.json} of a training run. All figures are pooled over the test parts of the folds
 * unless a fold is named; every test speaker was unknown to the model that judged them.
 *
 * @param corpus name
 * @param utterances number of test utterances
 * @param war weighted average recall
 * @param uar unweighted average recall
 * @param macroF1 mean F1
 * @param genderAccuracy gender scored zero-shot from the same embedding
 * @param labels classes, in the order of the confusion matrix
 * @param confusion counts, truth by prediction
 * @param folds figures of each fold
 * @param temperature calibrated on the pooled predictions
 * @param genderTemperature the same for gender
 * @param eceBefore expected calibration error at temperature 1
 * @param eceAfter the same at the calibrated temperature
 * @param knownSynonyms share of training's synonyms that the text tower puts nearest their label
 * @param heldOutSynonyms the same for synonyms never seen in training
 * @param uarByHeldOutSynonyms UAR when labels are replaced by held-out synonyms
 * @param checkpointChoice how the checkpoint was chosen
 * @param settings everything that decided the run
 * @param versions of the libraries
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@SuppressWarnings("ArrayRecordComponent") // a file's content, never compared
public record RunReport(
    String corpus,
    int utterances,
    double war,
    double uar,
    double macroF1,
    double genderAccuracy,
    List<String> labels,
    int[][] confusion,
    List<FoldScore> folds,
    double temperature,
    double genderTemperature,
    double eceBefore,
    double eceAfter,
    double knownSynonyms,
    double heldOutSynonyms,
    double uarByHeldOutSynonyms,
    String checkpointChoice,
    TrainConfig settings,
    java.util.Map<String, String> versions) {

  /** Figures of one fold, named by its test speakers. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record FoldScore(String testSpeakers, int utterances, double war, double uar) {}
}
