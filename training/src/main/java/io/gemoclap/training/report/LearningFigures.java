package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How training of one fold went. What was not measured is null.
 *
 * @param fold its name
 * @param epochs number of epochs
 * @param lastLoss loss of the last epoch
 * @param bestDevUar greatest UAR on the development part
 * @param bestDevEpoch its first epoch
 * @param bestTestUar greatest UAR on the test part: optimistic
 * @param bestTestEpoch its first epoch
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LearningFigures(
    String fold,
    int epochs,
    Double lastLoss,
    Double bestDevUar,
    Integer bestDevEpoch,
    Double bestTestUar,
    Integer bestTestEpoch) {}
