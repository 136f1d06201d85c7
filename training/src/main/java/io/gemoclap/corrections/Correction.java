package io.gemoclap.corrections;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;

/**
 * One answer of one person about one segment: a line of {@code corrections.jsonl}. Immutable.
 *
 * @param segmentId the segment
 * @param recording the recording that holds it
 * @param answer what the person says
 * @param label the label with {@link Answer#LABEL}, without surrounding space; "" with others
 * @param by who answers, without surrounding space
 * @param at when
 * @param was the emotion that was shown; "" if none was
 * @param wasAbstained whether the emotion was shown as uncertain
 * @param modelId id of the bundle whose emotion was shown; "" if unknown
 * @param labelSet name of the labels that were shown; "" if unknown
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Correction(
    String segmentId,
    String recording,
    Answer answer,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String label,
    String by,
    @JsonSerialize(using = ToStringSerializer.class) Instant at,
    String was,
    boolean wasAbstained,
    String modelId,
    String labelSet) {

  /**
   * Checks the answer.
   *
   * @throws IllegalArgumentException naming the property that is missing or has no place here
   */
  public Correction {
    segmentId = required("segment_id", segmentId);
    by = required("by", by);
    if (answer == null) {
      throw new IllegalArgumentException("answer is missing");
    }
    if (at == null) {
      throw new IllegalArgumentException("at is missing");
    }
    label = orEmpty(label).strip();
    if ((answer == Answer.LABEL) == label.isEmpty()) {
      throw new IllegalArgumentException(
          label.isEmpty()
              ? "label is missing: the answer is a label"
              : "label is '" + label + "', but the answer is " + answer);
    }
    recording = orEmpty(recording);
    was = orEmpty(was);
    modelId = orEmpty(modelId);
    labelSet = orEmpty(labelSet);
  }

  private static String required(String name, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.strip();
  }

  private static String orEmpty(String value) {
    return value == null ? "" : value;
  }
}
