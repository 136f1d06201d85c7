package io.gemoclap.audio;

import io.gemoclap.audio.decode.DecodedPart;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.failure.FailureKind;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What came of one section of a recording.
 *
 * @param section number of the section, from 0
 * @param count number of sections of the recording
 * @param segments number of segments that it has
 * @param part what is known of it; null if it could not be decoded
 * @param kind why it could not be decoded; INTERNAL if it was
 * @param reason a sentence that says why; empty if it was decoded
 */
record SectionResult(
    int section,
    int count,
    int segments,
    @Nullable DecodedPart part,
    FailureKind kind,
    String reason)
    implements Serializable {

  /** The result of a section that was decoded. */
  static SectionResult of(int section, int count, int segments, DecodedPart part) {
    return new SectionResult(section, count, segments, part, FailureKind.INTERNAL, "");
  }

  /** The result of a section that failed. */
  static SectionResult of(int section, int count, DecodeException e) {
    return new SectionResult(section, count, 0, null, e.kind(), e.getMessage());
  }
}
