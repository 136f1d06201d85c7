package io.gemoclap.sample;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Why a segment was chosen. */
public enum Part {
  /** By chance, with a known probability: what estimates rest on. */
  @JsonProperty("random")
  RANDOM,
  /** Because the model is least confident of its emotion. */
  @JsonProperty("uncertain")
  UNCERTAIN,
  /** Because no chosen segment has an embedding near it. */
  @JsonProperty("diverse")
  DIVERSE;

  /** As it is written in files and options. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
