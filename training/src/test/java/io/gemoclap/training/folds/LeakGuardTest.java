package io.gemoclap.training.folds;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.AudioDigests;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeakGuardTest {
  @TempDir private Path folder;

  private static void check(boolean devShares, Set<Grouping> apart, Fold... folds)
      throws IOException {
    LeakGuard.check(
        new Folds("test", false, devShares, 0, List.of(folds)), apart, new AudioDigests());
  }

  private static String leak(Set<Grouping> apart, Fold... folds) {
    return assertThrows(IllegalArgumentException.class, () -> check(false, apart, folds))
        .getMessage();
  }

  private List<Utterance> crowd(int... speakers) throws IOException {
    Crowd crowd = new Crowd(folder);
    for (int speaker : speakers) {
      crowd.add(speaker, "anger", "");
    }
    return crowd.utterances();
  }

  private static Fold fold(Utterance train, Utterance dev, Utterance test) {
    return new Fold("f", List.of(train), List.of(dev), List.of(test));
  }

  @Test
  void aSpeakerOnTwoSidesIsNamedWithThePair() throws IOException {
    List<Utterance> u = crowd(1, 3, 1);
    assertEquals(
        "The folds leak: speaker s101: u1000 (train) and u1002 (test) in fold f",
        leak(EnumSet.of(Grouping.SPEAKER), fold(u.get(0), u.get(1), u.get(2))));
    assertDoesNotThrow(
        () -> check(false, EnumSet.of(Grouping.RECORDING), fold(u.get(0), u.get(1), u.get(2))));
  }

  @Test
  void developmentSharesSpeakersOnlyWhereThatIsSaid() throws IOException {
    List<Utterance> u = crowd(1, 1, 3);
    Fold shared = fold(u.get(0), u.get(1), u.get(2));
    assertTrue(leak(EnumSet.of(Grouping.SPEAKER), shared).contains("u1001 (dev)"));
    assertDoesNotThrow(() -> check(true, EnumSet.of(Grouping.SPEAKER), shared));
    Fold tested = fold(u.get(2), u.get(0), u.get(1));
    assertThrows(
        IllegalArgumentException.class, () -> check(true, EnumSet.of(Grouping.SPEAKER), tested));
  }

  @Test
  void aSessionOnTwoSidesIsALeakWhereSessionsAreChosen() throws IOException {
    List<Utterance> u = crowd(1, 3, 2);
    Fold fold = fold(u.get(0), u.get(1), u.get(2));
    assertTrue(leak(EnumSet.of(Grouping.SESSION), fold).contains("session day1: u1000 (train)"));
    assertDoesNotThrow(() -> check(false, EnumSet.of(Grouping.SPEAKER), fold));
  }

  @Test
  void aRecordingOnTwoSidesIsALeak() throws IOException {
    Crowd crowd = new Crowd(folder);
    crowd.add(1, "anger", "call").add(3, "anger", "").add(5, "sadness", "call");
    List<Utterance> u = crowd.utterances();
    assertTrue(
        leak(EnumSet.of(Grouping.RECORDING), fold(u.get(0), u.get(1), u.get(2)))
            .contains("recording call: u1000 (train) and u1002 (test)"));
  }

  @Test
  void aCopyOfAFileUnderAnotherNameIsALeak() throws IOException {
    List<Utterance> u = crowd(1, 3, 5);
    Files.writeString(Path.of(u.get(2).uri()), Files.readString(Path.of(u.get(1).uri())));
    String message = leak(EnumSet.of(Grouping.SPEAKER), fold(u.get(0), u.get(1), u.get(2)));
    assertTrue(message.matches(".*audio [0-9a-f]{64}: u1001 \\(dev\\) and u1002 \\(test\\).*"));
  }

  @Test
  void anUtteranceThatIsTestedTwiceIsALeak() throws IOException {
    List<Utterance> u = crowd(1, 3, 5);
    Fold first = new Fold("a", List.of(u.get(0)), List.of(u.get(1)));
    Fold second = new Fold("b", List.of(u.get(2)), List.of(u.get(1)));
    assertTrue(
        leak(Set.of(), first, second)
            .contains("utterance u1001: u1001 (tested in fold a) and u1001 (tested in fold b)"));
  }

  @Test
  void developmentMaySharePeopleButNoRecording() throws IOException {
    Crowd crowd = new Crowd(folder);
    crowd.add(1, "anger", "call").add(1, "anger", "call").add(3, "anger", "");
    List<Utterance> u = crowd.utterances();
    assertThrows(
        IllegalArgumentException.class,
        () -> check(true, EnumSet.of(Grouping.RECORDING), fold(u.get(0), u.get(1), u.get(2))));
  }

  @Test
  void anUtteranceOnTwoSidesIsALeak() throws IOException {
    List<Utterance> u = crowd(1, 3);
    assertTrue(
        leak(Set.of(), fold(u.get(0), u.get(1), u.get(0)))
            .startsWith("The folds leak: utterance u1000: u1000 (train) and u1000 (test)"));
  }

  @Test
  void audioThatIsTestedTwiceIsALeak() throws IOException {
    List<Utterance> u = crowd(1, 3, 5);
    Files.writeString(Path.of(u.get(2).uri()), Files.readString(Path.of(u.get(1).uri())));
    Fold first = new Fold("a", List.of(u.get(0)), List.of(u.get(1)));
    Fold second = new Fold("b", List.of(u.get(0)), List.of(u.get(2)));
    String message = leak(Set.of(), first, second);
    assertTrue(message.endsWith("u1001 (tested in fold a) and u1002 (tested in fold b)"), message);
  }

  @ParameterizedTest
  @CsvSource({"5, 0", "6, 1", "7, 2"})
  void fiveLeaksAreShownAndTheOthersCounted(int leaks, int more) throws IOException {
    Crowd crowd = new Crowd(folder);
    for (int speaker = 1; speaker <= leaks; speaker++) {
      crowd.add(speaker, "anger", "");
    }
    for (int speaker = 1; speaker <= leaks; speaker++) {
      crowd.add(speaker, "anger", "");
    }
    List<Utterance> u = crowd.utterances();
    String message =
        leak(
            EnumSet.of(Grouping.SPEAKER),
            new Fold("f", u.subList(0, leaks), u.subList(leaks, 2 * leaks)));
    assertEquals(5, message.split("speaker s1", -1).length - 1, message);
    assertEquals(more > 0, message.endsWith("; and " + more + " more"), message);
  }

  @Test
  void whoeverIsUnknownLeaksNothing() throws IOException {
    List<Utterance> u = crowd(0, 3, 0);
    assertDoesNotThrow(
        () ->
            check(
                false,
                EnumSet.of(Grouping.SPEAKER, Grouping.SESSION),
                fold(u.get(0), u.get(1), u.get(2))));
  }

  @Test
  void audioThatIsMissingStopsTheProof() throws IOException {
    List<Utterance> u = crowd(1, 3, 5);
    Files.delete(Path.of(u.get(0).uri()));
    assertThrows(
        IOException.class, () -> check(false, Set.of(), fold(u.get(0), u.get(1), u.get(2))));
  }
}
