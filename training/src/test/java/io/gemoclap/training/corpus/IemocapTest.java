package io.gemoclap.training.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A miniature with the syntax of the real label files, and invented words and times. */
final class IemocapTest {
  private static final String LABELS = "dialog/EmoEvaluation/";

  @TempDir private Path folder;
  private Tree tree;

  private static String turn(String name, String code) {
    return "[6.2901 - 8.2357]\t" + name + "\t" + code + "\t[2.5000, 2.5000, 2.5000]";
  }

  private void wav(String session, String... names) throws IOException {
    for (String name : names) {
      String dialogue = name.substring(0, name.length() - 5);
      tree.empty(session + "/sentences/wav/" + dialogue + "/" + name + ".wav");
    }
  }

  @BeforeEach
  void writesFiveSessionsOfWhichTwoSaySomething() throws IOException {
    tree = new Tree(folder);
    tree.write(
        "Session1/" + LABELS + "Ses01F_impro01.txt",
        "% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]",
        "",
        turn("Ses01F_impro01_F000", "neu"),
        "C-E2:\tNeutral;\t()",
        "C-E3:\tNeutral; Excited;\t()",
        "C-E4:\tNeutral;\t(calm; but tired)",
        "C-F1:\tAnger;\t()",
        "A-E3:\tval 3; act 2; dom  2;\t()",
        "",
        turn("Ses01F_impro01_M000", "xxx"),
        "C-E2:\tFrustration;\t()",
        "C-E3:\tAnger;\t()",
        "",
        turn("Ses01F_impro01_F001", "exc"),
        turn("Ses01F_impro01_F002", "fru"));
    tree.write(
        "Session1/dialog/transcriptions/Ses01F_impro01.txt",
        "Ses01F_impro01_F000 [006.2901-008.2357]: Is it my turn?",
        "M: (breathes)",
        "Ses01F_impro01_MXX0 [008.3000-008.4000]: Hm.");
    tree.write(
        "Session5/" + LABELS + "Ses05M_script01_1b.txt",
        turn("Ses05M_script01_1b_F000", "hap"),
        turn("Ses05M_script01_1b_M000", "ang"),
        turn("Ses05M_script01_1b_M001", "sad"));
    for (int session = 2; session <= 4; session++) {
      tree.write("Session" + session + "/" + LABELS + "Ses0" + session + "F_impro09.txt", "%");
    }
    wav("Session1", "Ses01F_impro01_F000", "Ses01F_impro01_M000", "Ses01F_impro01_F001");
    wav("Session5", "Ses05M_script01_1b_F000", "Ses05M_script01_1b_M000");
    wav("Session5", "Ses05M_script01_1b_M001");
  }

  private Corpus inspect() throws IOException {
    return Corpus.inspect("iemocap:" + folder);
  }

  @Test
  void excitedIsHappyAndWhatHasNoMajorityIsLeftOut() throws IOException {
    Corpus corpus = Corpus.read("iemocap:" + folder);
    assertEquals(List.of("anger", "happiness", "neutral", "sadness"), corpus.labels());
    assertEquals(
        List.of("neutral", "happiness", "happiness", "anger", "sadness"),
        corpus.utterances().stream().map(Utterance::emotion).toList());
    assertEquals("exc", corpus.utterances().get(1).rawLabel());
    assertEquals(Map.of("xxx", 1, "fru", 1), corpus.leftOut());
    assertEquals("iemocap-4", corpus.labelMap());
  }

  @Test
  void theSpeakerIsTheLetterOfTheTurnInItsSession() throws IOException {
    List<Utterance> utterances = inspect().utterances();
    assertEquals(
        List.of("Ses01F", "Ses01F", "Ses05F", "Ses05M", "Ses05M"),
        utterances.stream().map(Utterance::speaker).toList());
    assertEquals(Gender.FEMALE, utterances.get(2).gender());
    assertEquals(Gender.MALE, utterances.get(3).gender());
    assertEquals("Session5", utterances.get(3).session());
    assertEquals("Ses05M_script01_1b_M", utterances.get(3).recording());
  }

  @Test
  void scriptedAndImprovisedAreKept() throws IOException {
    assertEquals(
        List.of("improvised", "improvised", "scripted", "scripted", "scripted"),
        inspect().utterances().stream().map(Utterance::manner).toList());
  }

  @Test
  void votesAreTheRatersAndNotTheActors() throws IOException {
    assertEquals(Map.of("neutral", 3, "excited", 1), inspect().utterances().get(0).votes());
  }

  @Test
  void theTranscriptIsThatOfTheTurn() throws IOException {
    assertEquals("Is it my turn?", inspect().utterances().get(0).text());
    assertEquals("", inspect().utterances().get(1).text());
  }

  @Test
  void sheetsOfSingleRatersAndFilesOfMacOsAreNotRead() throws IOException {
    tree.write("Session1/" + LABELS + "._Ses01F_impro01.txt", turn("Ses01F_impro01_F000", "ang"));
    tree.write("Session1/" + LABELS + "Categorical/Ses01F_impro01_e2_cat.txt", "Ses01F :Anger; ()");
    tree.empty("._Session1", "Session1/._dialog");
    assertEquals(5, Corpus.read("iemocap:" + folder).utterances().size());
  }

  @Test
  void anUnknownCodeAMissingFileAndABrokenLineAreNamedByFileAndLine() throws IOException {
    tree.write(
        "Session2/" + LABELS + "Ses02F_impro01.txt",
        turn("Ses02F_impro01_F000", "hpy"),
        turn("Ses02F_impro01_F001", "hap"),
        "[1.0 - 2.0] nonsense",
        turn("Ses02F_impro01_F002", "hap"));
    wav("Session2", "Ses02F_impro01_F000", "Ses02F_impro01_F002");
    Corpus corpus = inspect();
    assertEquals(6, corpus.utterances().size());
    assertEquals(3, corpus.problems().size());
    String file = tree.path("Session2/" + LABELS + "Ses02F_impro01.txt");
    String all = corpus.problems().toString();
    assertTrue(all.contains(file + ":1: unknown label 'hpy'"), all);
    assertTrue(all.contains(file + ":2: the audio file "), all);
    assertTrue(all.contains(file + ":3: the line is not of the form"), all);
    String refusal =
        assertThrows(IOException.class, () -> Corpus.read("iemocap:" + folder)).getMessage();
    assertTrue(refusal.contains("has 3 problems: ") && refusal.contains("'hpy'"), refusal);
  }

  @Test
  void theFolderAroundTheReleaseWillDoToo(@TempDir Path parent) throws IOException {
    Tree outer = new Tree(parent);
    outer.write(
        "IEMOCAP_full_release/Session3/" + LABELS + "Ses03M_impro02.txt",
        turn("Ses03M_impro02_M003", "sad"));
    outer.empty(
        "IEMOCAP_full_release/Session3/sentences/wav/Ses03M_impro02/Ses03M_impro02_M003.wav");
    assertEquals("Ses03M", Corpus.inspect("iemocap:" + parent).utterances().get(0).speaker());
  }

  @Test
  void aFolderWithoutLabelFilesIsRejected(@TempDir Path other) {
    String message =
        assertThrows(IOException.class, () -> Corpus.read("iemocap:" + other)).getMessage();
    assertTrue(message.contains("Session1/dialog/EmoEvaluation"), message);
  }

  @Test
  void anAbsentSessionAndOneWithoutLabelsAreProblems() throws IOException {
    MoreFiles.deleteRecursively(folder.resolve("Session2"), RecursiveDeleteOption.ALLOW_INSECURE);
    Files.delete(folder.resolve("Session4/" + LABELS + "Ses04F_impro09.txt"));
    assertEquals(
        List.of(tree.path("Session2"), tree.path("Session4")),
        inspect().problems().stream().map(Problem::file).toList());
  }
}
