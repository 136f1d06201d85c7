package io.gemoclap.training.folds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
