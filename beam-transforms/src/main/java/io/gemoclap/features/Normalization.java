package io.gemoclap.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Whose statistics standardise the features of a segment. In JSON and text: lower-case words. */
public enum Normalization {
  /** Nobody's: no statistics are collected. */
  @JsonProperty("none")
  NONE,

  /** Those of the segments of the same recording and channel, which is mostly one voice. */
  @JsonProperty("recording")
  RECORDING,

  /** Those of the segments of the same speaker, as a manifest or a corpus names them. */
  @JsonProperty("speaker")
  SPEAKER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
