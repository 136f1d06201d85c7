package io.gemoclap.spans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.export.turns.TurnFormat;
import io.gemoclap.score.LabelScore;
import io.gemoclap.turns.EmotionTurn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of turns that export writes are read back as the same stretches and speakers. */
final class ExportedTurnsTest {
  @TempDir private Path folder;

  private static EmotionTurn turn(String speaker, double start, double end) {
    return EmotionTurn.builder()
        .setRecording("/calls/call.wav")
        .setChannel(0)
        .setSpeaker(speaker)
        .setStartSeconds(start)
        .setEndSeconds(end)
        .setEmotion("anger")
        .setConfidence(0.75)
        .setAbstained(false)
        .setScores(List.of(LabelScore.of("anger", 0.75)))
        .setSegmentIds(List.of("s"))
        .setModelId("m")
        .setLabelSet("l")
        .setMetadata(Map.of())
        .build();
  }

  @ParameterizedTest
  @EnumSource(
      value = TurnFormat.class,
      names = {"RTTM", "TEXTGRID", "WEBVTT", "AUDACITY"})
  void turnsAreReadBack(TurnFormat format) throws Exception {
    List<EmotionTurn> turns =
        List.of(turn("Kim", 0.5, 2.25), turn("Lea", 2, 3.125), turn("Kim", 4, 3_725.5));
    Path file = folder.resolve("call." + format.suffix());
    Files.writeString(file, format.text("/calls/call.wav", "call", turns));
    SpanFile read =
        SpanFormat.parse(format.name().toLowerCase(Locale.ROOT))
            .read(file.toString(), SpanChoices.DEFAULTS);
    assertEquals(List.of(), read.problems());
    List<String> expected =
        turns.stream()
            .map(
                turn ->
                    "%s-%s %s"
                        .formatted(
                            turn.getStartSeconds(),
                            turn.getEndSeconds(),
                            format == TurnFormat.AUDACITY
                                ? turn.getSpeaker() + ": anger"
                                : turn.getSpeaker()))
            .toList();
    List<String> found =
        read.spans().stream()
            .map(
                entry ->
                    "%s-%s %s"
                        .formatted(
                            Math.round(entry.span().startSeconds() * 1e6) / 1e6,
                            Math.round(entry.span().endSeconds() * 1e6) / 1e6,
                            entry.span().speaker()))
            .sorted()
            .toList();
    assertEquals(expected.stream().sorted().toList(), found);
  }
}
