package io.gemoclap.corrections;

import java.time.Instant;

/** Answers for tests. */
final class Corrected {
  private static final Instant START = Instant.parse("2026-11-28T10:00:00.123Z");

  private Corrected() {}

  /** A label that a person gives, in a second after the start. */
  static Correction label(String segment, String by, String label, int second) {
    return answer(segment, by, Answer.LABEL, label, second);
  }

  /** An answer without a label. */
  static Correction answer(String segment, String by, Answer answer, int second) {
    return answer(segment, by, answer, "", second);
  }

  private static Correction answer(
      String segment, String by, Answer answer, String label, int second) {
    return new Correction(
        segment,
        "tapes/one.wav",
        answer,
        label,
        by,
        START.plusSeconds(second),
        "happiness",
        true,
        "0123abcd",
        "emodb-7");
  }
}
