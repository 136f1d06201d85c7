package io.gemoclap.training.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

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
