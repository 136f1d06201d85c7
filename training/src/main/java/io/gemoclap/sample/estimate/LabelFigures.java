package io.gemoclap.sample.estimate;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * A label. Immutable.
 *
 * @param label its meaning, or {@code not_speech}
 * @param share how many of the archive's segments have it
 * @param timeShare for how much of the segments' time
 * @param modelShare how many segments the model gives it, estimated from the same segments
 * @param precision how many of the segments to which the model gives the label have it; null if the
 *     model gives it to no answered segment
 * @param recall how many of the segments that have the label get it from the model; null if no
 *     answered segment has it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record LabelFigures(
    String label,
    Estimate share,
    Estimate timeShare,
    Estimate modelShare,
    @Nullable Estimate precision,
    @Nullable Estimate recall) {}
