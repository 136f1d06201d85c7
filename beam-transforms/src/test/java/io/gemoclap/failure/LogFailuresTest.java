package io.gemoclap.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LogFailuresTest {
  @Test
  void aLineNamesJobRecordingAndSegment() {
    assertEquals(
        "job=nightly stage=EmbedSpeech recording=a.wav segment=a.wav#0:0-900 kind=MODEL: too short",
        LogFailures.line(
            "nightly",
            Failure.at(
                "EmbedSpeech", FailureKind.MODEL, "a.wav#0:0-900", "a.wav", 0, "too short")));
  }

  @Test
  void aRecordingsNameCannotForgeALineOrRevealAPassword() {
    assertEquals(
        "job=j stage=DecodeAudio recording=x://***@h/a job=other kind=CORRUPT: no",
        LogFailures.line(
            "j",
            Failure.of(
                "DecodeAudio",
                FailureKind.CORRUPT,
                "x://u:p@h/a\njob=other",
                "x://u:p@h/a\njob=other",
                "no")));
  }
}
