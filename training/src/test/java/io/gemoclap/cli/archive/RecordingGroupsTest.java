package io.gemoclap.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizeFeatures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RecordingGroupsTest {
  private static Recording with(String id, String... speakers) {
    return Recording.file(id)
        .withSpans(
            Stream.of(speakers)
                .map(speaker -> new Span(0, 1, speaker, Span.EVERY_CHANNEL))
                .toList());
  }

  private static List<List<String>> left(Set<String> done, Normalization by, Recording... all) {
    return RecordingGroups.left(List.of(all), done, by).stream()
        .map(group -> group.stream().map(Recording::id).toList())
        .toList();
  }

  /** The last one links the first two, of which one has its speaker by its metadata. */
  @Test
  void recordingsThatSpeakersLinkAreOneGroup() {
    Recording a = with("a", "").withMetadata(Map.of("speaker", "Ada"));
    Recording b = with("b", "Bo", "Cy");
    assertEquals(
        List.of(List.of("a", "b", "d"), List.of("c"), List.of("e")),
        left(
            Set.of(),
            Normalization.AUTO,
            a,
            b,
            with("c", "Di"),
            with("d", "Cy", "Ada"),
            with("e")));
  }

  @Test
  void speakersThatAreNamedInTheirRecordingAloneLinkNothing() {
    Map<String, String> alone = Map.of(NormalizeFeatures.SPEAKER_SCOPE, "recording");
    assertEquals(
        List.of(List.of("a"), List.of("b")),
        left(
            Set.of(),
            Normalization.SPEAKER,
            with("a", "Ada").withMetadata(alone),
            with("b", "Ada").withMetadata(alone)));
  }

  @Test
  void withoutLevelsOfSpeakersEachRecordingIsItsOwnGroup() {
    assertEquals(
        List.of(List.of("b")),
        left(Set.of("a"), Normalization.RECORDING, with("a", "Ada"), with("b", "Ada")));
  }

  @Test
  void aSpeakerOfWhomSomeRecordingsAreDoneIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    left(Set.of("a"), Normalization.AUTO, with("a", "Ada", "Bo"), with("b", "Bo")))
            .getMessage();
    assertTrue(message.contains("speaker Ada, Bo are done"), message);
    assertEquals(
        List.of(), left(Set.of("a", "b"), Normalization.AUTO, with("a", "Bo"), with("b", "Bo")));
  }
}
