package io.gemoclap.corrections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.transfer.Synonyms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CorrectionsTest {
  @TempDir private Path folder;

  @Test
  void filesOfSeveralPeopleAreMerged() throws Exception {
    Path kim = write("kim.jsonl", Corrected.label("s1", "kim", "sad", 0));
    Path lee =
        write(
            "lee.jsonl",
            Corrected.label("s1", "lee", "sad", 1),
            Corrected.label("s2", "lee", "neutral", 2));
    Corrections merged = Corrections.read(List.of(kim, lee));
    assertEquals(Set.of("kim", "lee"), merged.people());
    assertEquals(
        List.of(Corrected.label("s1", "kim", "sad", 0), Corrected.label("s1", "lee", "sad", 1)),
        merged.answers("s1"));
    assertEquals(Optional.of(new Consensus(Answer.LABEL, "sad", 2, 2)), merged.consensus("s1"));
    assertEquals(Optional.of(new Consensus(Answer.LABEL, "neutral", 1, 1)), merged.consensus("s2"));
  }

  @Test
  void aPersonsLatestAnswerCountsWhateverTheOrderOfTheFiles() throws Exception {
    Path early = write("early.jsonl", Corrected.label("s1", "kim", "sad", 0));
    Path late = write("late.jsonl", Corrected.label("s1", "kim", "anger", 5));
    for (List<Path> files : List.of(List.of(early, late), List.of(late, early))) {
      assertEquals(
          List.of(Corrected.label("s1", "kim", "anger", 5)), Corrections.read(files).answers("s1"));
    }
  }

  @Test
  void ofTwoAnswersAtTheSameTimeTheLaterLineCounts() {
    Corrections merged =
        of(Corrected.label("s1", "kim", "sad", 0), Corrected.label("s1", "kim", "anger", 0));
    assertEquals("anger", merged.consensus("s1").orElseThrow().label());
  }

  @Test
  void aWithdrawnAnswerCountsAsNone() {
    Corrections merged =
        of(
            Corrected.label("s1", "kim", "sad", 0),
            Corrected.label("s2", "kim", "sad", 0),
            Corrected.answer("s1", "kim", Answer.WITHDRAWN, 1));
    assertEquals(Set.of("s2"), merged.segments());
    assertEquals(List.of(), merged.answers("s1"));
    assertTrue(merged.consensus("s1").isEmpty());
  }

  @Test
  void theMajorityWinsAndATieHasNoConsensus() {
    Corrections merged =
        of(
            Corrected.label("most", "kim", "sad", 0),
            Corrected.label("most", "lee", "sad", 0),
            Corrected.label("most", "sam", "anger", 0),
            Corrected.label("tie", "kim", "sad", 0),
            Corrected.answer("tie", "lee", Answer.NOT_SPEECH, 0),
            Corrected.answer("noise", "kim", Answer.NOT_SPEECH, 0),
            Corrected.answer("noise", "lee", Answer.UNSURE, 0),
            Corrected.answer("unsure", "kim", Answer.UNSURE, 0));
    assertEquals(Optional.of(new Consensus(Answer.LABEL, "sad", 2, 3)), merged.consensus("most"));
    assertTrue(merged.consensus("tie").isEmpty());
    assertEquals(
        Optional.of(new Consensus(Answer.NOT_SPEECH, "", 1, 1)), merged.consensus("noise"));
    assertTrue(merged.consensus("unsure").isEmpty());
    assertTrue(merged.consensus("unknown").isEmpty());
  }

  @Test
  void theAnswerNotSpeechIsNoLabelOfThatName() {
    Corrections merged =
        of(
            Corrected.label("s1", "kim", "not_speech", 0),
            Corrected.answer("s1", "lee", Answer.NOT_SPEECH, 0));
    assertTrue(merged.consensus("s1").isEmpty());
  }

  @Test
  void labelsOfDifferentSpellingAreOneLabel() {
    List<Correction> answers =
        List.of(
            Corrected.label("s1", "kim", "Happy ", 0),
            Corrected.label("s1", "lee", "happy", 0),
            Corrected.label("s1", "sam", "joy", 0));
    assertEquals(
        new Consensus(Answer.LABEL, "happy", 2, 3),
        Corrections.of(answers, UnaryOperator.identity()).consensus("s1").orElseThrow());
    assertEquals(
        new Consensus(Answer.LABEL, "happiness", 3, 3),
        Corrections.of(answers, Synonyms.common()::meaning).consensus("s1").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"by":"kim","answer":"unsure","at":"2026-11-28T10:00:00Z"} | segment_id is missing
          {"segment_id":"s","answer":"unsure","at":"2026-11-28T10:00:00Z"} | by is missing
          {"segment_id":"s","by":"kim","at":"2026-11-28T10:00:00Z"} | answer is missing
          {"segment_id":"s","by":"kim","answer":"unsure"} | at is missing
          {"segment_id":"s","by":"kim","answer":"unsure","at":"noon"} | not a time such as
          {"segment_id":"s","by":"kim","answer":"maybe","at":"2026-11-28T10:00:00Z"} | maybe
          {"segment_id":"s","by":"kim","answer":"label","at":"2026-11-28T10:00:00Z"} | label is missing
          {"segment_id":"s","by":"kim","answer":"unsure","label":"sad","at":"2026-11-28T10:00:00Z"} | label is 'sad'
          {"segment_id":"s" "by":"kim"} | Unexpected character
          kim says sad} | Unrecognized token
          """)
  void aLineThatIsNoAnswerIsAnErrorThatNamesItsPlace(String line, String problem) throws Exception {
    Path file = write("corrections.jsonl", Corrected.label("s1", "kim", "sad", 0));
    Files.writeString(file, Files.readString(file) + line + "\n");
    IOException e = assertThrows(IOException.class, () -> Corrections.read(List.of(file)));
    assertTrue(e.getMessage().startsWith(file + ", line 2: "), e.getMessage());
    assertTrue(e.getMessage().contains(problem), e.getMessage());
  }

  @Test
  void aMissingFileIsAnErrorThatNamesIt() {
    Path file = folder.resolve("missing.jsonl");
    IOException e = assertThrows(NoSuchFileException.class, () -> Corrections.read(List.of(file)));
    assertEquals(file + ": there is no such file of corrections", e.getMessage());
  }

  @Test
  void propertiesOfLaterVersionsAndBlankLinesAreAccepted() throws Exception {
    Path file = folder.resolve("corrections.jsonl");
    Files.writeString(
        file,
        "\n{\"segment_id\":\"s1\",\"answer\":\"label\",\"label\":\"sad\",\"by\":\"kim\","
            + "\"at\":\"2026-11-28T10:00:00Z\",\"mood\":\"tired\"}\n\n");
    assertEquals("sad", Corrections.read(List.of(file)).consensus("s1").orElseThrow().label());
  }

  private Path write(String name, Correction... corrections) throws IOException {
    Path file = folder.resolve(name);
    try (CorrectionLog log = CorrectionLog.open(file)) {
      for (Correction correction : corrections) {
        log.append(correction);
      }
    }
    return file;
  }

  private static Corrections of(Correction... corrections) {
    return Corrections.of(List.of(corrections), UnaryOperator.identity());
  }
}
