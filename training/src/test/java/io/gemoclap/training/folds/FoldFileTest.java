package io.gemoclap.training.folds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FoldFileTest {
  @TempDir private Path folder;
  private Corpus corpus;
  private Path file;

  @BeforeEach
  void readsACorpus() throws IOException {
    corpus = Crowd.of(folder, 8, 2).corpus();
    file = folder.resolve("folds.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"speaker-pairs", "leave-one-session-out", "speaker-k:3", "random-k:4"})
  void whatIsWrittenIsReadAgain(String scheme) throws IOException {
    List<Fold> folds = FoldScheme.parse(scheme).split(corpus, 0.2, 1).folds();
    FoldFile.write(file, folds);
    assertEquals(folds, FoldFile.read(file, corpus));
  }

  @Test
  void rowsTellSpeakerAndSession() throws IOException {
    FoldFile.write(file, List.of(new Fold("a, b", corpus.utterances().subList(0, 1), List.of())));
    assertEquals(
        List.of("fold,part,utterance,speaker,session", "\"a, b\",train,u1000,s101,day1"),
        Files.readAllLines(file));
  }

  @Test
  void aFileOfThreeColumnsSplitsACorpus() throws IOException {
    Files.writeString(
        file,
        """
        fold,part,utterance
        x,train,u1000
        x,train,u1002
        x,train,u1004
        x,dev,u1006
        x,test,u1012
        x,test,u1014
        """);
    Folds folds = FoldScheme.parse("file:" + file).split(corpus, 0.2, 1);
    assertEquals(3, folds.folds().get(0).train().size());
    assertEquals("u1006", folds.folds().get(0).dev().get(0).id());
  }

  @Test
  void aFileThatLeaksIsRejected() throws IOException {
    List<Fold> random = FoldScheme.parse("random-k:4").split(corpus, 0, 1).folds();
    FoldFile.write(file, random);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> FoldScheme.parse("file:" + file).split(corpus, 0, 1))
            .getMessage();
    assertTrue(message.startsWith("The folds leak: speaker s101: "), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x,validation,u1000 | the part is 'validation', not train, dev or test",
        "x,train,u9 | crowd has no utterance 'u9'",
        "x,train | fold, part and utterance are needed",
        "x,test,u1000\\nx,test,u1000 | u1000 occurs twice in the test part of fold x"
      })
  void rowsThatAreNotUnderstoodAreNamed(String rows, String problem) throws IOException {
    Files.writeString(file, "fold,part,utterance\n" + rows.replace("\\n", "\n") + "\n");
    String message =
        assertThrows(IllegalArgumentException.class, () -> FoldFile.read(file, corpus))
            .getMessage();
    assertTrue(message.matches(".*folds.csv, row [23]: .*") && message.endsWith(problem), message);
  }

  @Test
  void anUtteranceMayBeInAnotherPartOfAnotherFold() throws IOException {
    Files.writeString(
        file, "fold,part,utterance\nx,test,u1000\ny,train,u1000\n y , dev , u1001 \n");
    List<Fold> folds = FoldFile.read(file, corpus);
    assertEquals(List.of("x", "y"), folds.stream().map(Fold::name).toList());
    assertEquals("u1000", folds.get(0).test().get(0).id());
    assertEquals("u1000", folds.get(1).train().get(0).id());
    assertEquals("u1001", folds.get(1).dev().get(0).id());
  }

  @Test
  void aFileThatIsNoTableIsNamed() throws IOException {
    Files.writeString(file, "fold,part,utterance\nx,train,u1000,s1,day1,more\n");
    String message =
        assertThrows(IllegalArgumentException.class, () -> FoldFile.read(file, corpus))
            .getMessage();
    assertTrue(message.startsWith(file + ": "), message);
  }

  @Test
  void aCorpusThatDoesNotTellWhoSpeaksMayShareSpeakers() throws IOException {
    FoldFile.write(file, FoldScheme.parse("speaker-k:2").split(corpus, 0, 1).folds());
    FoldScheme scheme = FoldScheme.parse("file:" + file);
    assertFalse(scheme.split(corpus, 0, 1).speakerDependent());
    List<Utterance> more = new ArrayList<>(corpus.utterances());
    more.add(Utterance.of("unknown", "unknown.wav").label("anger", "anger").build());
    assertTrue(scheme.split(new Corpus("c", Crowd.LABELS, more), 0, 1).speakerDependent());
  }

  /** The whole file says which folds have a development part. */
  @Test
  void foldsWithAndWithoutDevelopmentPartDoNotMix() throws IOException {
    List<Fold> folds = FoldScheme.parse("speaker-k:2").split(corpus, 0.2, 1).folds();
    Fold without = new Fold("plain", folds.get(1).train(), folds.get(1).test());
    FoldFile.write(file, List.of(folds.get(0), without));
    FoldScheme scheme = FoldScheme.parse("file:" + file);
    assertEquals(
        "1 of 2 folds have no development part, such as plain; give every fold of the file rows"
            + " with the part dev, or none of them",
        assertThrows(IllegalArgumentException.class, () -> scheme.split(corpus, 0.2, 1))
            .getMessage());
    FoldFile.write(file, List.of(without));
    assertFalse(scheme.split(corpus, 0.2, 1).haveDevelopmentPart());
  }

  @Test
  void missingAndEmptyFilesAreNamed() throws IOException {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> FoldFile.read(file, corpus))
            .getMessage()
            .endsWith("folds.csv' does not exist"));
    Files.writeString(file, "fold,part,utterance\n");
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> FoldFile.read(file, corpus))
            .getMessage()
            .endsWith("folds.csv has no fold"));
  }
}
