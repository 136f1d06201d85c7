package io.gemoclap.training.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.model.ConfidenceSpec;

/**
 * What the folds say of the final bundle, for its manifest and model card: pooled over the test
 * parts of all folds, by the headline checkpoint.
 *
 * @param utterances number of test utterances
 * @param war weighted average recall
 * @param uar unweighted average recall
 * @param macroF1 mean F1
 * @param genderAccuracy gender scored zero-shot from the same embedding; NaN where unknown
 * @param temperature of the emotions
 * @param genderTemperature the same for gender
 * @param confidence how the temperature grows with the distance from the training data
 * @param eceBefore expected calibration error at temperature 1
 * @param eceAfter the same at a temperature fitted on the other folds
 * @param synonyms how words other than the labels are understood
 * @param checkpointChoice how the checkpoint was chosen, as a phrase
 * @param epochs for how many epochs the final towers are trained
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Calibrated(
    int utterances,
    double war,
    double uar,
    double macroF1,
    double genderAccuracy,
    double temperature,
    double genderTemperature,
    ConfidenceSpec confidence,
    double eceBefore,
    double eceAfter,
    Synonyms synonyms,
    String checkpointChoice,
    int epochs) {}
