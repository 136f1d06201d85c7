package io.gemoclap.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Which levels' statistics standardise the features of a segment, besides those of the training
 * corpus, which always take part. In JSON and text: lower-case words.
 */
public enum Normalization {
  /** None but the training corpus: no statistics are collected. */
  @JsonProperty("none")
  NONE,

  /** The archive: all segments of the input. */
  @JsonProperty("archive")
  ARCHIVE,

  /** The segments of the same recording and channel, which is mostly one voice. */
  @JsonProperty("recording")
  RECORDING,

  /**
   * The segments of the same speaker, as a manifest or a corpus names them; of the same recording
   * and channel where none is named.
   */
  @JsonProperty("speaker")
  SPEAKER,

  /** The archive, and within it the groups of {@link #SPEAKER}. */
  @JsonProperty("auto")
  AUTO;

  /** Whether the archive's statistics take part. */
  @Internal
  public boolean usesArchive() {
    return this == ARCHIVE || this == AUTO;
  }

  /** Whether the statistics of a recording or speaker take part. */
  @Internal
  public boolean usesGroups() {
    return this == RECORDING || usesSpeakers();
  }

  /** Whether segments are grouped by speaker where one is named. */
  @Internal
  public boolean usesSpeakers() {
    return this == SPEAKER || this == AUTO;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
