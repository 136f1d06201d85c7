package io.gemoclap.training.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RAVDESS, CREMA-D, TESS and SAVEE tell everything in file names, so empty files will do. */
final class ActedCorporaTest {
  @TempDir private Path folder;
  private Tree tree;

  @BeforeEach
  void startsATree() {
    tree = new Tree(folder);
  }

  private Corpus read(String kind) throws IOException {
    return Corpus.read(kind + ":" + folder);
  }

  private String problems(String kind) throws IOException {
    return Corpus.inspect(kind + ":" + folder).problems().toString();
  }

  private static List<String> emotions(Corpus corpus) {
    return corpus.utterances().stream().map(Utterance::emotion).toList();
  }

  @Test
  void theThirdFieldOfRavdessIsTheEmotion() throws IOException {
    for (int emotion = 1; emotion <= 8; emotion++) {
      tree.empty("Actor_12/03-01-0" + emotion + "-01-02-01-12.wav");
    }
    Corpus corpus = read("ravdess");
    assertEquals(
        List.of("neutral", "calm", "happiness", "sadness", "anger", "fear", "disgust", "surprise"),
        emotions(corpus));
    Utterance first = corpus.utterances().get(0);
    assertEquals("12", first.speaker());
    assertEquals("Dogs are sitting by the door", first.text());
  }

  @Test
  void oddActorsOfRavdessAreMenAndEvenOnesWomen() throws IOException {
    tree.empty("Actor_01/03-01-06-01-02-01-01.wav", "Actor_24/03-01-06-01-02-01-24.wav");
    assertEquals(
        List.of(Gender.MALE, Gender.FEMALE),
        read("ravdess").utterances().stream().map(Utterance::gender).toList());
  }

  @Test
  void songsAndSoundTracksOfRavdessAreLeftOutAndCounted() throws IOException {
    tree.empty("03-01-06-01-02-01-01.wav", "03-02-06-01-02-01-01.wav", "01-01-06-01-02-01-01.wav");
    Corpus corpus = read("ravdess");
    assertEquals(1, corpus.utterances().size());
    assertEquals(Map.of("song", 1, "sound track of a video", 1), corpus.leftOut());
  }

  @Test
  void wrongNamesOfRavdessAreProblems() throws IOException {
    tree.empty("03-01-06-01-02-01-01.wav", "03-01-06-01-02-01-25.wav", "03-01-09-01-02-01-02.wav");
    tree.empty("take2.wav", "copy/03-01-06-01-02-01-01.wav");
    String problems = problems("ravdess");
    assertTrue(problems.contains("01-25.wav: names actor 25, who is not in RAVDESS"), problems);
    assertTrue(problems.contains("unknown label '09'"), problems);
    assertTrue(problems.contains("take2.wav: the name is not of the form"), problems);
    assertTrue(problems.contains("the id 03-01-06-01-02-01-01 is already used by"), problems);
  }

  @Test
  void cremaDTakesSexFromTheDemographicsAndVotesFromTheSummary() throws IOException {
    tree.empty("AudioWAV/1001_DFA_ANG_XX.wav", "AudioWAV/1002_IEO_HAP_HI.wav");
    tree.empty("AudioWAV/1040_ITH_SAD_X.wav", "AudioMP3/1001_DFA_ANG_XX.mp3");
    tree.write(
        "VideoDemographics.csv",
        "ActorID,Age,Sex,Race,Ethnicity",
        "1001,51,Male,Caucasian,Not Hispanic",
        "1002,21,Female,Caucasian,Not Hispanic");
    tree.write(
        "processedResults/summaryTable.csv",
        "\"\",\"FileName\",\"VoiceVote\",\"VoiceLevel\",\"FaceVote\"",
        "\"1\",\"1001_DFA_ANG_XX\",\"A:D\",\"61:58\",\"A\"",
        "\"2\",\"1002_IEO_HAP_HI\",\"H\",\"70\",\"N\"");
    Corpus corpus = read("crema-d");
    assertEquals(List.of("anger", "happiness", "sadness"), emotions(corpus));
    assertEquals(
        List.of(Gender.MALE, Gender.FEMALE, Gender.UNKNOWN),
        corpus.utterances().stream().map(Utterance::gender).toList());
    assertEquals(Map.of("A", 1, "D", 1), corpus.utterances().get(0).votes());
    assertEquals(Map.of("H", 1), corpus.utterances().get(1).votes());
    assertEquals("Don't forget a jacket", corpus.utterances().get(0).text());
    assertEquals("1001", corpus.utterances().get(0).speaker());
  }

  @Test
  void tessKnowsTwoWomenAndPleasantSurprise() throws IOException {
    tree.empty("OAF_angry/OAF_back_angry.wav", "OAF_neutral/OA_bite_neutral.wav");
    tree.empty("YAF_pleasant_surprised/YAF_dog_ps.wav");
    Corpus corpus = read("tess");
    assertEquals(List.of("anger", "neutral", "surprise"), emotions(corpus));
    assertEquals(
        List.of("OAF", "OAF", "YAF"),
        corpus.utterances().stream().map(Utterance::speaker).sorted().toList());
    assertEquals("Say the word bite", corpus.utterances().get(1).text());
  }

  @Test
  void theCopyInsideTessIsToldOf() throws IOException {
    tree.empty("OAF_angry/OAF_back_angry.wav", "TESS data/OAF_angry/OAF_back_angry.wav");
    assertTrue(problems("tess").contains("the id OAF_back_angry is already used by"));
  }

  @Test
  void saveeIsReadWithFoldersAndFlat() throws IOException {
    tree.empty("AudioData/DC/a01.wav", "AudioData/KL/sa15.wav", "flat/JE_su03.wav");
    Corpus corpus = read("savee");
    assertEquals(List.of("anger", "sadness", "surprise"), emotions(corpus));
    assertEquals(
        List.of("DC_a01", "KL_sa15", "JE_su03"),
        corpus.utterances().stream().map(Utterance::id).toList());
    assertEquals("KL", corpus.utterances().get(1).speaker());
  }

  @Test
  void saveeNamesAFileWithoutSpeaker() throws IOException {
    tree.empty("DC/a01.wav", "XY/a01.wav", "DC/x01.wav");
    String problems = problems("savee");
    assertTrue(problems.contains("XY/a01.wav: the speaker is neither"), problems);
    assertTrue(problems.contains("unknown label 'x' of DC_x01"), problems);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ravdess", "crema-d", "tess", "savee"})
  void aFolderOfSomethingElseIsRejectedWithAnExample(String kind) throws IOException {
    tree.empty("03a01Fa.wav", "notes.txt");
    String message = assertThrows(IOException.class, () -> read(kind)).getMessage();
    assertTrue(message.startsWith("No audio file named like "), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "emodb-7",
        "iemocap-4",
        "ravdess-8",
        "crema-d-6",
        "tess-7",
        "savee-7",
        "msp-podcast-8"
      })
  void everyLabelMapHasTheNameAndTheNumberOfLabelsOfItsFile(String name) {
    LabelMap map = LabelMap.load(name);
    assertEquals(name, map.name());
    assertTrue(name.endsWith("-" + map.mapped().size()), map.mapped().toString());
    map.leftOut().values().forEach(reason -> assertTrue(reason.length() > 10, reason));
  }
}
