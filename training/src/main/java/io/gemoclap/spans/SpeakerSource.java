package io.gemoclap.spans;

/** What names the speaker of a segment in formats that have no field for it. */
public enum SpeakerSource {
  /** The name of the tier that the segment is in. */
  TIER,
  /** The label of the segment. */
  LABEL,
  /** Nothing: speakers are unknown. */
  NONE
}
