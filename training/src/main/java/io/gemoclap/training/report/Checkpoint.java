package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The part of the corpus on which a fold's checkpoint was chosen. */
public enum Checkpoint {
  /** Chosen on the development part: honest, and the headline. */
  @JsonProperty("dev")
  DEV,

  /** Chosen on the test part, as much of the literature does: optimistic, and marked as such. */
  @JsonProperty("test")
  TEST
}
