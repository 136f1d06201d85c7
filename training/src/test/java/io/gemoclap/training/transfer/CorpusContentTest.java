package io.gemoclap.training.transfer;

import static io.gemoclap.training.transfer.Utterances.corpus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorpusContentTest {
  @TempDir private Path folder;
  private Path audio;

  @BeforeEach
  void writeAudio() throws IOException {
    audio = Files.writeString(folder.resolve("a.wav"), "sound");
  }

  private Utterance.Builder utterance(Path file) {
    return Utterance.of("1", file.toString()).speaker("a").label("angry", "anger");
  }

  private static CorpusContent content(Utterance... utterances) {
    return CorpusContent.of(corpus(utterances), AllowedRoots.everywhere());
  }

  @Test
  void whatDecidesAResultDecidesTheDigest() {
    Utterance.Builder same = utterance(audio);
    Set<String> annotations = new HashSet<>();
    annotations.add(content(same.build()).annotations());
    annotations.add(content(utterance(audio).speaker("b").build()).annotations());
    annotations.add(content(utterance(audio).label("angry", "sadness").build()).annotations());
    annotations.add(content(utterance(audio).gender(Utterance.Gender.MALE).build()).annotations());
    annotations.add(content(utterance(audio).span(new Span(0, 1)).build()).annotations());
    annotations.add(
        content(same.build(), Utterance.of("2", audio.toString()).build()).annotations());
    annotations.add(
        CorpusContent.of(corpus(List.of("glee"), same.build()), AllowedRoots.everywhere())
            .annotations());
    assertEquals(7, annotations.size(), annotations.toString());
  }

  @Test
  void audioMayMoveButNotChange() throws IOException {
    CorpusContent before = content(utterance(audio).build());
    Path moved = Files.move(audio, folder.resolve("moved.wav"));
    assertEquals(before, content(utterance(moved).build()));
    Files.writeString(moved, "other sound");
    CorpusContent after = content(utterance(moved).build());
    assertEquals(before.annotations(), after.annotations());
    assertNotEquals(before.audio(), after.audio());
  }

  @Test
  void whatCannotOrMustNotBeReadHasADigestToo() throws IOException {
    CorpusContent readable = content(utterance(audio).build());
    CorpusContent forbidden =
        CorpusContent.of(
            corpus(utterance(audio).build()),
            AllowedRoots.of(List.of(Files.createDirectory(folder.resolve("other")).toString())));
    CorpusContent missing = content(utterance(folder.resolve("missing.wav")).build());
    assertEquals(
        3, Set.of(readable.audio(), forbidden.audio(), missing.audio()).size(), "all differ");
  }
}
