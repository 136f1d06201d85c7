package io.gemoclap.corrections;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a person says about a segment. */
public enum Answer {
  /** The segment has the label that the correction names. */
  @JsonProperty("label")
  LABEL,
  /** The segment is not speech. */
  @JsonProperty("not_speech")
  NOT_SPEECH,
  /** The person cannot tell. */
  @JsonProperty("unsure")
  UNSURE,
  /** The person takes the earlier answer back. */
  @JsonProperty("withdrawn")
  WITHDRAWN
}
