package io.gemoclap.training.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.training.evaluate.Bootstrap.Interval;

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
