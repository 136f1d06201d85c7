package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One row of {@code curves.jsonl}: one epoch of one fold. What was not measured is null.
 *
 * @param fold name of the fold
 * @param epoch counted from 1
 * @param loss mean loss of the training steps
 * @param learningRate at the end of the epoch
 * @param devWar weighted average recall on the development part
 * @param devUar unweighted average recall on the development part
 * @param devLoss loss on the development part
 * @param testUar unweighted average recall on the test part
 * @param audioSecondsPerSecond seconds of audio trained on in a second
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EpochRow(
    String fold,
    int epoch,
    Double loss,
    Double learningRate,
    Double devWar,
    Double devUar,
    Double devLoss,
    Double testUar,
    Double audioSecondsPerSecond) {}
