package io.gemoclap.read;

import io.gemoclap.audio.SegmentRef;

/** The columns that identify a segment. */
final class Segments {
  private Segments() {}

  static SegmentRef ref(Cells row) {
    return new SegmentRef(
        row.text("recording"),
        row.integer("channel"),
        row.number("start_s"),
        row.number("end_s"),
        row.textByName("metadata"),
        row.number("speech_probability", SegmentRef.UNKNOWN));
  }
}
