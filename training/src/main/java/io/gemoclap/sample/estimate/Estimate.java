package io.gemoclap.sample.estimate;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A share of the archive, with its 95 % interval. Immutable.
 *
 * @param value 0 to 1
 * @param low lower bound
 * @param high upper bound
 * @param answers how many answered segments it rests on
 * @param effectiveAnswers how many answers of a simple random sample would tell as much
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Estimate(
    double value, double low, double high, int answers, double effectiveAnswers) {}
