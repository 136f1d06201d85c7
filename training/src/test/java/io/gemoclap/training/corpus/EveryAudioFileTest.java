package io.gemoclap.training.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every audio file below the folder of a corpus, and every entry of a manifest, is an utterance, is
 * counted as left out on purpose, or is a problem: in all kinds of corpora.
 */
final class EveryAudioFileTest {
  private static final String TURN = "[1.0 - 2.0]\tSes01F_impro01_F000\tneu\t[2.5, 2.5, 2.5]";

  /**
   * A corpus in miniature.
   *
   * @param location what is given, below the folder
   * @param leftOut audio files or entries that are left out on purpose
   * @param problems those that are not what the kind says, each a part of a problem's text
   */
  private record Miniature(String location, int leftOut, List<String> problems) {}

  /** One that writes a corpus of one utterance, some left out, and some stray files. */
  private interface Writer {
    Miniature write(Tree tree) throws IOException;
  }

  private static final Map<String, Writer> KINDS =
      Map.ofEntries(
          Map.entry(
              "emodb",
              tree -> {
                tree.empty("wav/03a01Fa.wav", "wav/03a01Fa (1).wav", "wav/3a01Fa.mp3", "x.FLAC");
                return new Miniature("", 0, List.of("(1).wav", "3a01Fa.mp3", "x.FLAC"));
              }),
          Map.entry(
              "iemocap",
              tree -> {
                tree.write("Session1/dialog/EmoEvaluation/Ses01F_impro01.txt", TURN);
                for (int session = 2; session <= 4; session++) {
                  tree.write("Session" + session + "/dialog/EmoEvaluation/Ses0x.txt", "%");
                }
                tree.empty(
                    "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav",
                    "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F009.wav",
                    "Session1/dialog/wav/Ses01F_impro01.wav",
                    "more/stray.mp3");
                return new Miniature("", 1, List.of("F009.wav", "stray.mp3", "Session5"));
              }),
          Map.entry(
              "ravdess",
              tree -> {
                tree.empty(
                    "03-01-06-01-02-01-12.wav",
                    "03-02-06-01-02-01-12.wav",
                    "03-01-06-01-02-01-99.wav",
                    "copy of 03-01-06-01-02-01-12.wav",
                    "03-01-06-01-02-01-1.ogg");
                return new Miniature("", 1, List.of("-99.wav", "copy of", "-1.ogg"));
              }),
          Map.entry(
              "crema-d",
              tree -> {
                tree.empty(
                    "AudioWAV/1001_DFA_ANG_XX.wav",
                    "AudioMP3/1001_DFA_ANG_XX.mp3",
                    "AudioWAV/1001_DFA_ANG.wav",
                    "AudioMP3/stray.mp3");
                return new Miniature("", 1, List.of("DFA_ANG.wav", "stray.mp3"));
              }),
          Map.entry(
              "tess",
              tree -> {
                tree.empty("OAF_back_angry.wav", "OAF_back.wav", "back.m4a");
                return new Miniature("", 0, List.of("OAF_back.wav", "back.m4a"));
              }),
          Map.entry(
              "savee",
              tree -> {
                tree.empty("DC/a01.wav", "DC/a1.wav", "XX/a01.wav", "DC/x.opus");
                return new Miniature("", 0, List.of("a1.wav", "XX/a01.wav", "x.opus"));
              }),
          Map.entry(
              "msp-podcast",
              tree -> {
                tree.write(
                    "Labels/labels_consensus.csv",
                    "FileName,EmoClass,SpkrID,Gender",
                    "MSP-PODCAST_0001_0008.wav,N,1,Male",
                    "MSP-PODCAST_0001_0009.wav,X,1,Male");
                tree.empty(
                    "Audios/MSP-PODCAST_0001_0008.wav",
                    "Audios/MSP-PODCAST_0001_0009.wav",
                    "Audios/MSP-PODCAST_test3_0001.wav",
                    "Audios/MSP-PODCAST_0002_0001.wav",
                    "Audios/stray.mp3");
                return new Miniature("", 2, List.of("0002_0001.wav", "stray.mp3"));
              }),
          Map.entry(
              "csv",
              tree -> {
                tree.empty("a.wav")
                    .write("m.csv", "path,emotion", "a.wav,sad", "none.wav,sad", "a.wav,?!");
                return new Miniature("m.csv", 0, List.of("none.wav", "?!"));
              }),
          Map.entry(
              "nemo",
              tree -> {
                tree.empty("a.wav")
                    .write(
                        "m.json",
                        entry("a.wav", "sad"),
                        entry("b.wav", "<|emo:undefined|>"),
                        entry("none.wav", "sad"));
                return new Miniature("m.json", 1, List.of("none.wav"));
              }),
          Map.entry(
              "lhotse",
              tree -> {
                tree.empty("a.wav", "b.wav")
                    .write("recordings.jsonl", recording("a"), recording("b"))
                    .write("supervisions.jsonl", supervision("s1", "a"), supervision("s2", "c"));
                return new Miniature("", 1, List.of("no recording 'c'"));
              }),
          Map.entry(
              "audiofolder",
              tree -> {
                tree.empty("a.wav", "b.mp3", "sub/c.flac")
                    .write("metadata.csv", "file_name,emotion", "a.wav,sad");
                return new Miniature("", 0, List.of("b.mp3", "c.flac"));
              }));

  @TempDir private Path folder;

  private static String entry(String file, String label) {
    return "{\"audio_filepath\": \"%s\", \"emotion\": \"%s\"}".formatted(file, label);
  }

  private static String recording(String id) {
    return "{\"id\": \"%s\", \"duration\": 1, \"sources\": [{\"type\": \"file\", \"source\": \"%s.wav\"}]}"
        .formatted(id, id);
  }

  private static String supervision(String id, String recording) {
    return ("{\"id\": \"%s\", \"recording_id\": \"%s\", \"start\": 0, \"duration\": 1,"
            + " \"custom\": {\"emotion\": \"sad\"}}")
        .formatted(id, recording);
  }

  static Stream<String> kinds() {
    return Arrays.stream(Corpus.KINDS.split(", ", -1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isAnUtteranceOrLeftOutOrAProblem(String kind) throws IOException {
    Writer writer = KINDS.get(kind);
    assertNotNull(writer, "write a miniature of the new kind " + kind);
    Miniature miniature = writer.write(new Tree(folder));
    Corpus corpus = Corpus.inspect(kind + ":" + folder.resolve(miniature.location()));
    String problems = corpus.problems().toString();
    assertEquals(1, corpus.utterances().size(), problems);
    assertEquals(
        miniature.leftOut(),
        corpus.leftOut().values().stream().mapToInt(Integer::intValue).sum(),
        corpus.leftOut().toString());
    assertEquals(miniature.problems().size(), corpus.problems().size(), problems);
    for (String expected : miniature.problems()) {
      assertTrue(problems.contains(expected), problems);
    }
  }

  @Test
  void anAudioFolderTakesEveryFormat() throws IOException {
    new Tree(folder).empty("sad/a.wav", "sad/b.mp3", "angry/c.OGG", "angry/d.opus", "angry/e.m4a");
    assertEquals(5, Corpus.read("audiofolder:" + folder).utterances().size());
  }
}
