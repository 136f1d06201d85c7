package io.gemoclap.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.console.Progress.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  private List<String> lines() {
    return bytes.toString(UTF_8).lines().filter(line -> !line.isBlank()).toList();
  }

  @Test
  void theLastLineHoldsTheCountsAtTheEndOfTheJob() {
    Progress progress = new Progress(out, 7, true);
    progress.show(new Snapshot(7, 60, 0, 1, 0, 0, 0));
    progress.add(new Snapshot(7, 60, 12, 1, 2, 0, 0));
    progress.finish();
    String last = bytes.toString(UTF_8).substring(bytes.toString(UTF_8).lastIndexOf('\r') + 1);
    assertTrue(
        last.startsWith(
            "7 of 7 recordings, 0.02 h of audio, 12 segments; 1 recordings failed, 2 segments"
                + " without a result; "),
        last);
  }

  @Test
  void aJobThatFailedKeepsTheCountsThatItHasShown() {
    Progress progress = new Progress(out, 7, true);
    progress.show(new Snapshot(5, 60, 4, 1, 0, 0, 0));
    progress.finish();
    assertTrue(lines().get(lines().size() - 1).contains("4 segments"), lines().toString());
  }

  @Test
  void aShortJobSaysNothingOutsideOfATerminal() {
    Progress progress = new Progress(out, 7, false);
    progress.show(new Snapshot(7, 60, 12, 0, 0, 0, 0));
    progress.add(new Snapshot(7, 60, 12, 0, 0, 0, 0));
    progress.finish();
    assertEquals(List.of(), lines());
  }

  @Test
  void recordingsThatFailedAndSegmentsWithoutAResultAreCountedApart() {
    Snapshot counted =
        Snapshot.of(
            Map.of(
                "DecodeAudio.failures", 7L,
                "DecodeAudio.unjudged_segments", 4L,
                "ReadRecordings.failures", 10L,
                "ExtractFeatures.failures", 100L,
                "EmbedSpeech.failures", 1_000L,
                "ScoreEmotions.failures", 10_000L));
    assertEquals(new Snapshot(0, 0, 0, 13, 11_104, 0, 0), counted);
    assertTrue(
        Progress.COUNTERS.containsAll(
            List.of("DecodeAudio.failures", "DecodeAudio.unjudged_segments")));
  }
}
