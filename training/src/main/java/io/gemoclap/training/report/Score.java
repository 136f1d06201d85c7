package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.training.evaluate.Bootstrap.Interval;

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
