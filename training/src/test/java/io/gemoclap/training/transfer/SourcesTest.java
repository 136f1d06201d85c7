package io.gemoclap.training.transfer;

import static io.gemoclap.training.transfer.Utterances.corpus;
import static io.gemoclap.training.transfer.Utterances.part;
import static io.gemoclap.training.transfer.Utterances.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.training.corpus.Corpus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SourcesTest {
  private static final Corpus CORPUS =
      corpus(
          List.of("glee"),
          whole("1", "a", "anger"),
          part("2", "a", "anger", 0, 1),
          part("3", "b", "happiness", 1, 2),
          part("4", "a", "surprise", 2, 3));

  @Test
  void aFileWithSeveralUtterancesIsOneRecordingWithTheirSpans() {
    Sources sources = Sources.of(CORPUS, false);
    assertEquals(
        List.of("/audio/1", "/audio/long", "/audio/glee"),
        sources.recordings().stream().map(Recording::id).toList());
    assertEquals(
        List.of(new Span(0, 1), new Span(1, 2), new Span(2, 3)),
        sources.recordings().get(1).spans());
    assertEquals(3, sources.utterances().get("/audio/long").size());
  }

  @Test
  void speakersThatDecideTheNormalisationAreRecordingsOfTheirOwn() {
    Sources sources = Sources.of(CORPUS, true);
    assertEquals(
        List.of("/audio/1", "/audio/long", "/audio/long (2)", "/audio/glee"),
        sources.recordings().stream().map(Recording::id).toList());
    assertEquals(Map.of("speaker", "a"), sources.recordings().get(1).metadata());
    assertEquals(Map.of("speaker", "b"), sources.recordings().get(2).metadata());
    assertEquals(Map.of(), sources.recordings().get(3).metadata(), "the speaker is unknown");
    assertEquals(List.of(new Span(1, 2)), sources.recordings().get(2).spans());
  }
}
