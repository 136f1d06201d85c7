package io.gemoclap.sample.estimate;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * A stratum. Immutable.
 *
 * @param stratum its name
 * @param segments N<sub>h</sub>
 * @param sampled n<sub>h</sub>
 * @param answered how many of them are answered
 * @param accuracy how many of its segments the model gives the right label; null without answers
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StratumFigures(
    String stratum, long segments, int sampled, int answered, @Nullable Estimate accuracy) {}
