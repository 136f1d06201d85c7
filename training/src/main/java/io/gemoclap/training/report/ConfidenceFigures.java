package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.training.evaluate.RiskCoverage;
import java.util.List;

/**
 * {@code confidence.json} of a run folder: how honest confidence is over all conditions, that is,
 * perturbations of the test recordings and levels of normalisation. Each fold is judged by numbers
 * that were fitted on the other folds; with a single fold by its own.
 *
 * @param temperature τ of the temperature τ · dᵇ, fitted on the harshest third of the conditions
 * @param distanceExponent b, fitted on all, where d is the distance from the training data
 * @param abstainBelow the least confidence from which on an emotion is right more often than not
 * @param accuracy share of all predictions that is right
 * @param confidence their mean confidence
 * @param ece their expected calibration error
 * @param conditions the same of each condition
 * @param riskCoverage the curve over all predictions
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ConfidenceFigures(
    double temperature,
    double distanceExponent,
    double abstainBelow,
    double accuracy,
    double confidence,
    double ece,
    List<Condition> conditions,
    RiskCoverage riskCoverage) {

  /** Copies the list. */
  public ConfidenceFigures {
    conditions = List.copyOf(conditions);
  }

  /**
   * One condition. Shares are from 0 to 1.
   *
   * @param perturbation what was done to the test recordings; {@code none} for nothing
   * @param archive whether the archive is known
   * @param known how many utterances of the group are: {@code none}, 1, 2, …, or {@code all}
   * @param utterances number of predictions
   * @param accuracy share of them that is right
   * @param confidence their mean confidence
   * @param ece their expected calibration error
   * @param shown share of them whose confidence is not below {@code abstainBelow}
   * @param shownAccuracy share of those that is right; null if there are none
   * @param distance median distance from the training data; null where it is not known
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Condition(
      String perturbation,
      boolean archive,
      String known,
      int utterances,
      double accuracy,
      double confidence,
      double ece,
      double shown,
      Double shownAccuracy,
      Double distance) {}
}
