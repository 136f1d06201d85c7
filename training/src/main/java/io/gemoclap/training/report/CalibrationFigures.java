package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.training.evaluate.Reliability.Bin;
import java.util.List;
import java.util.Map;

/**
 * How well the probabilities match the accuracy.
 *
 * @param temperature fitted on all test predictions together: what a final bundle stores
 * @param foldTemperatures the temperature of each fold, fitted on the other folds; empty with a
 *     single fold
 * @param eceBefore expected calibration error at temperature 1
 * @param eceAfter the same with each fold at its own of {@code foldTemperatures}; null with a
 *     single fold, where no temperature is unseen
 * @param binsBefore reliability at temperature 1
 * @param binsAfter reliability with {@code foldTemperatures}; empty with a single fold
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CalibrationFigures(
    double temperature,
    Map<String, Double> foldTemperatures,
    double eceBefore,
    Double eceAfter,
    List<Bin> binsBefore,
    List<Bin> binsAfter) {}
