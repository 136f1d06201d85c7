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
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that EmoDB tells is in its file names, so empty files will do. */
final class EmoDbTest {
  @TempDir private Path folder;

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private Corpus read() throws IOException {
    return Corpus.read("emodb:" + folder);
  }

  private static String refusal(String spec) {
    return assertThrows(IllegalArgumentException.class, () -> Corpus.read(spec)).getMessage();
  }

  @Test
  void theGermanLettersNameTheEmotions() throws IOException {
    files(
        "03a01Wa.wav",
        "03a01La.wav",
        "03a01Ea.wav",
        "03a01Aa.wav",
        "03a01Fa.wav",
        "03a01Ta.wav",
        "03a01Na.wav");
    Map<String, String> emotions = new TreeMap<>();
    read().utterances().forEach(u -> emotions.put(u.id().substring(5, 6), u.emotion()));
    assertEquals(
        Map.of(
            "W", "anger",
            "L", "boredom",
            "E", "disgust",
            "A", "fear",
            "F", "happiness",
            "T", "sadness",
            "N", "neutral"),
        emotions);
  }

  @Test
  void labelsAreAllSevenInOrderWhateverTheFilesShow() throws IOException {
    files("03a01Fa.wav");
    assertEquals(
        List.of("anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness"),
        read().labels());
    assertEquals("emodb", read().name());
  }

  @Test
  void theTenSpeakersAreFiveMenAndFiveWomen() throws IOException {
    for (String speaker : List.of("03", "08", "09", "10", "11", "12", "13", "14", "15", "16")) {
      files(speaker + "b10Nc.wav");
    }
    List<Utterance> utterances = read().utterances();
    assertEquals(
        List.of("03", "10", "11", "12", "15"),
        utterances.stream()
            .filter(u -> u.gender() == Gender.MALE)
            .map(Utterance::speaker)
            .toList());
    assertEquals(10, utterances.size());
  }

  @Test
  void copiesInFlacAndInSubfoldersAreReadInAFixedOrder() throws IOException {
    files("wav/16b10Wb.flac", "wav/03a01Fa.wav", "README.txt", "wav/03a01Fa.txt", "._03a01Fa.wav");
    List<Utterance> utterances = read().utterances();
    assertEquals(List.of("03a01Fa", "16b10Wb"), utterances.stream().map(Utterance::id).toList());
    assertEquals(folder.resolve("wav/16b10Wb.flac").toString(), utterances.get(1).uri());
    assertEquals("16", utterances.get(1).speaker());
  }

  @Test
  void anUnknownSpeakerIsNamedWithTheFile() throws IOException {
    files("03a01Fa.wav", "07a01Fa.wav");
    String message = assertThrows(IOException.class, this::read).getMessage();
    assertTrue(message.contains("07a01Fa.wav: names speaker 07, who is not in EmoDB"), message);
  }

  @Test
  void anUnknownEmotionLetterIsNamedWithTheFile() throws IOException {
    files("03a01Fa.wav", "03a01Xa.wav");
    String message = assertThrows(IOException.class, this::read).getMessage();
    assertTrue(message.contains("03a01Xa.wav: unknown label 'X'"), message);
  }

  @Test
  void theSameNameTwiceIsAProblem() throws IOException {
    files("03a01Fa.wav", "copy/03a01Fa.flac");
    String message = assertThrows(IOException.class, this::read).getMessage();
    assertTrue(message.contains("copy/03a01Fa.flac: the id 03a01Fa is already used by "), message);
  }

  @Test
  void aFolderWithoutEmoDbFilesIsRejectedWithAnExample() throws IOException {
    files("other.wav");
    String message = assertThrows(IOException.class, this::read).getMessage();
    assertTrue(message.contains("03a01Fa.wav") && message.contains(folder.toString()), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/data/emodb", ":/data/emodb"})
  void aSpecWithoutKindIsRejectedWithAnExample(String spec) {
    assertTrue(refusal(spec).contains("for example emodb:/data/emodb, not '" + spec + "'"));
  }

  @Test
  void aMissingFolderIsNamed() {
    assertTrue(refusal("emodb:" + folder.resolve("none")).contains("none' does not exist"));
  }

  @Test
  void anUnknownKindIsRejectedWithTheKnownOnes() {
    String message = refusal("emodbs:" + folder);
    assertEquals("Unknown corpus kind 'emodbs'; known: " + Corpus.KINDS, message);
  }

  @Test
  void anEmptyCorpusIsRejected() {
    assertThrows(
        IllegalArgumentException.class, () -> new Corpus("c", List.of("anger"), List.of()));
  }
}
