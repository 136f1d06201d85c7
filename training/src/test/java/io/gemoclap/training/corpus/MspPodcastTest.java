package io.gemoclap.training.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release in miniature: the columns of the real tables, audio without content. */
final class MspPodcastTest {
  private static final String HEADER =
      "FileName,EmoClass,EmoAct,EmoVal,EmoDom,SpkrID,Gender,Split_Set";

  @TempDir private Path folder;
  private Tree tree;

  @BeforeEach
  void writesARelease() throws IOException {
    tree = new Tree(folder);
    tree.empty(
        "Audios/MSP-PODCAST_0001_0008.wav",
        "Audios/MSP-PODCAST_0001_0019.wav",
        "Audios/MSP-PODCAST_0002_0033.wav",
        "Audios/MSP-PODCAST_0002_0051.wav");
    tree.write(
        "Labels/labels_consensus.csv",
        HEADER,
        "MSP-PODCAST_0001_0008.wav,N,4.0,4.2,4.8,127,Male,Train",
        "MSP-PODCAST_0001_0019.wav,U,4.6,3.0,5.2,Unknown,Unknown,Test1",
        "MSP-PODCAST_0002_0033.wav,X,4.2,3.8,4.8,128,Female,Train",
        "MSP-PODCAST_0002_0051.wav,C,5.4,3.4,5.4,128,Female,Development");
    tree.write(
        "Labels/labels_detailed.csv",
        "FileName,Worker,EmoClass_Major,EmoClass_Second,EmoAct,EmoVal,EmoDom",
        "MSP-PODCAST_0001_0008.wav,W1,Neutral,\"Neutral,Sad\",4,4,4",
        "MSP-PODCAST_0001_0008.wav,W2,Neutral,Neutral,4,4,4",
        "MSP-PODCAST_0001_0008.wav,W3,Happy,Happy,4,4,4");
    tree.write("Transcripts/MSP-PODCAST_0001_0008.txt", "and that was it");
  }

  @Test
  void labelsSpeakersVotesAndTextsComeFromTheirFiles() throws IOException {
    Corpus corpus = Corpus.read("msp-podcast:" + folder);
    assertEquals(
        List.of("neutral", "surprise", "contempt"),
        corpus.utterances().stream().map(Utterance::emotion).toList());
    assertEquals(Map.of("X", 1), corpus.leftOut());
    Utterance first = corpus.utterances().get(0);
    assertEquals("127", first.speaker());
    assertEquals(Gender.MALE, first.gender());
    assertEquals("MSP-PODCAST_0001", first.recording());
    assertEquals(Map.of("Neutral", 2, "Happy", 1), first.votes());
    assertEquals("and that was it", first.text());
  }

  @Test
  void theTableOfOlderReleasesHasAnotherSpelling() throws IOException {
    Path labels = folder.resolve("Labels");
    Files.move(labels.resolve("labels_consensus.csv"), labels.resolve("labels_concensus.csv"));
    assertEquals(3, Corpus.read("msp-podcast:" + folder).utterances().size());
    String table = tree.path("Labels/labels_concensus.csv");
    assertEquals(3, Corpus.read("msp-podcast:" + table).utterances().size());
  }

  @Test
  void unknownSpeakersAreNotOnePerson() throws IOException {
    Utterance unknown = Corpus.read("msp-podcast:" + folder).utterances().get(1);
    assertEquals("", unknown.speaker());
    assertEquals(Gender.UNKNOWN, unknown.gender());
  }

  @Test
  void theTableItselfWillDoToo() throws IOException {
    String table = tree.path("Labels/labels_consensus.csv");
    assertEquals(3, Corpus.read("msp-podcast:" + table).utterances().size());
  }

  @Test
  void unknownClassesMissingFilesAndShortRowsAreNamedByLine() throws IOException {
    tree.write(
        "Labels/labels_consensus.csv",
        HEADER,
        "MSP-PODCAST_0001_0008.wav,Q,4,4,4,127,Male,Train",
        "MSP-PODCAST_0009_0001.wav,N,4,4,4,127,Male,Train",
        "MSP-PODCAST_0001_0019.wav,N,4",
        "other.wav,N,4,4,4,127,Male,Train");
    List<Problem> problems = Corpus.inspect("msp-podcast:" + folder).problems();
    assertEquals(
        List.of(2L, 3L, 4L, 5L),
        problems.stream().map(Problem::line).filter(line -> line > 0).sorted().toList());
    String all = problems.toString();
    assertTrue(all.contains("csv:2: unknown label 'Q'"), all);
    assertTrue(all.contains("csv:4: the row has 3 fields, but the header has 8"), all);
  }

  @Test
  void aFolderWithoutTheTableIsRejected(@TempDir Path other) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Corpus.read("msp-podcast:" + other))
            .getMessage();
    assertTrue(message.contains("labels_consensus.csv"), message);
  }
}
