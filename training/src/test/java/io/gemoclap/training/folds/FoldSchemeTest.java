package io.gemoclap.training.folds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.AudioDigests;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FoldSchemeTest {
  @TempDir private Path folder;

  private static Folds split(String scheme, Corpus corpus, double dev, long seed)
      throws IOException {
    return FoldScheme.parse(scheme).split(corpus, dev, seed);
  }

  private static String refusal(String scheme, Corpus corpus) {
    return assertThrows(IllegalArgumentException.class, () -> split(scheme, corpus, 0, 1))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "speaker-pairs",
        "leave-one-speaker-out",
        "leave-one-session-out",
        "speaker-k:5",
        "random-k:10",
        "file:runs/folds.csv"
      })
  void everyFormIsReadAndWrittenAlike(String form) {
    assertEquals(form, FoldScheme.parse(form).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pairs", "speaker-k", "speaker-k:", "speaker-k:x", "file:"})
  void otherFormsAreRejectedWithTheValidOnes(String form) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> FoldScheme.parse(form)).getMessage();
    assertEquals("folds must be " + FoldScheme.FORMS + ", not '" + form + "'", message);
  }

  @Test
  void oneFoldIsNotASplitButTwoAre() {
    assertEquals(
        "'speaker-k:1' asks for fewer than two folds",
        assertThrows(IllegalArgumentException.class, () -> FoldScheme.parse("speaker-k:1"))
            .getMessage());
    assertEquals(2, FoldScheme.parse("random-k:2").k());
  }

  private static List<String> fitting(Corpus corpus) throws IOException {
    return FoldScheme.fitting(corpus, 0, 1, new AudioDigests());
  }

  @Test
  void theSchemesThatFitACorpusAreListed() throws IOException {
    assertEquals(
        List.of(
            "speaker-pairs",
            "leave-one-session-out",
            "speaker-k:5",
            "leave-one-speaker-out",
            "random-k:5",
            "random-k:2"),
        fitting(Crowd.of(folder, 8, 2).corpus()));
    assertEquals(
        List.of(
            "leave-one-session-out",
            "speaker-k:3",
            "leave-one-speaker-out",
            "random-k:5",
            "random-k:2"),
        fitting(Crowd.of(folder, 3, 5).corpus()));
    assertEquals(List.of("random-k:5", "random-k:2"), fitting(Crowd.of(folder, 1, 5).corpus()));
    assertEquals(List.of(), fitting(Crowd.of(folder, 0, 0).add(1, "anger", "").corpus()));
  }

  @Test
  void asManySpeakersAsFoldsAreEnough() throws IOException {
    Corpus corpus = Crowd.of(folder, 4, 1).corpus();
    assertEquals(4, split("speaker-k:4", corpus, 0, 1).folds().size());
    assertEquals(2, split("speaker-pairs", corpus, 0, 1).folds().size());
    assertEquals(
        List.of("part 1", "part 2"),
        split("random-k:2", corpus, 0, 1).folds().stream().map(Fold::name).toList());
  }

  @Test
  void aShareThatTakesNothingIsRejected() throws IOException {
    Corpus corpus = Crowd.of(folder, 4, 2).corpus();
    assertEquals(
        "2 of 2 folds have no development part, such as part 1; raise --dev-share, or set it to 0",
        assertThrows(IllegalArgumentException.class, () -> split("random-k:2", corpus, 0.01, 1))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"speaker-pairs", "leave-one-speaker-out", "leave-one-session-out", "speaker-k:3"})
  void everyUtteranceIsTestedOnceByModelsThatNeverHeardItsSpeaker(String scheme)
      throws IOException {
    Corpus corpus = Crowd.of(folder, 8, 2).corpus();
    for (double dev : new double[] {0, 0.2}) {
      Folds folds = split(scheme, corpus, dev, 1);
      assertFalse(folds.speakerDependent() || folds.devSpeakerDependent());
      List<Utterance> tested = new ArrayList<>();
      for (Fold fold : folds.folds()) {
        int all = fold.train().size() + fold.dev().size() + fold.test().size();
        assertEquals(corpus.utterances().size(), all);
        assertEquals(dev == 0, fold.dev().isEmpty());
        Set<String> heard = Crowd.speakers(fold.train());
        heard.addAll(Crowd.speakers(fold.dev()));
        heard.retainAll(Crowd.speakers(fold.test()));
        assertEquals(Set.of(), heard);
        tested.addAll(fold.test());
      }
      assertEquals(corpus.utterances().size(), tested.size());
      assertEquals(Set.copyOf(corpus.utterances()), Set.copyOf(tested));
    }
  }

  @Test
  void withoutDevelopmentSpeakerPairsAreAsEver() throws IOException {
    Corpus corpus = Crowd.of(folder, 6, 1).corpus();
    assertEquals(
        FoldScheme.parse("speaker-pairs").folds(corpus, 9),
        split("speaker-pairs", corpus, 0, 9).folds());
  }

  @Test
  void sessionsAreLeftOutOneByOne() throws IOException {
    Folds folds = split("leave-one-session-out", Crowd.of(folder, 8, 1).corpus(), 0, 1);
    assertEquals(
        List.of("day1", "day2", "day3", "day4"), folds.folds().stream().map(Fold::name).toList());
    assertEquals(Set.of("s103", "s104"), Crowd.speakers(folds.folds().get(1).test()));
  }

  @Test
  void speakersAreDealtSoThatFoldsResembleEachOther() throws IOException {
    Crowd crowd = Crowd.of(folder, 12, 1);
    for (int speaker = 1; speaker <= 4; speaker++) {
      for (int i = 0; i < 9; i++) {
        crowd.add(speaker, "anger", "");
      }
    }
    Folds folds = split("speaker-k:4", crowd.corpus(), 0, 3);
    assertEquals(4, folds.folds().size());
    for (Fold fold : folds.folds()) {
      List<String> speakers = List.copyOf(Crowd.speakers(fold.test()));
      assertEquals(3, speakers.size());
      assertEquals(12, fold.test().stream().filter(u -> u.emotion().equals("anger")).count());
      long men =
          fold.test().stream()
              .filter(u -> u.gender() == Gender.MALE)
              .map(Utterance::speaker)
              .distinct()
              .count();
      assertTrue(men == 1 || men == 2, men + " men");
    }
  }

  @Test
  void theSeedDecidesWhoIsTestedTogether() throws IOException {
    Corpus corpus = Crowd.of(folder, 12, 1).corpus();
    assertEquals(split("speaker-k:3", corpus, 0.1, 1), split("speaker-k:3", corpus, 0.1, 1));
    assertNotEquals(
        split("speaker-k:3", corpus, 0, 1).folds(), split("speaker-k:3", corpus, 0, 2).folds());
  }

  @Test
  void randomFoldsAreMarkedAndKeepRecordingsTogether() throws IOException {
    Crowd crowd = Crowd.of(folder, 2, 10);
    for (int i = 0; i < 6; i++) {
      crowd.add(1 + i % 2, Crowd.LABELS.get(i % 3), "meeting");
    }
    Folds folds = split("random-k:3", crowd.corpus(), 0.1, 1);
    assertTrue(folds.speakerDependent() && folds.devSpeakerDependent());
    int together = 0;
    for (Fold fold : folds.folds()) {
      long meeting = fold.test().stream().filter(u -> !u.recording().isEmpty()).count();
      together += meeting == 6 ? 1 : 0;
      assertTrue(meeting == 0 || meeting == 6, meeting + " of 6");
      assertEquals(Set.copyOf(Crowd.LABELS).size(), labels(fold.test()).size());
    }
    assertEquals(1, together);
  }

  private static Set<String> labels(List<Utterance> part) {
    Set<String> labels = new HashSet<>();
    part.forEach(utterance -> labels.add(utterance.emotion()));
    return labels;
  }

  @Test
  void developmentIsOneManAndOneWomanWhoAreNotHeardInTraining() throws IOException {
    Folds folds = split("speaker-pairs", Crowd.of(folder, 10, 1).corpus(), 0.2, 5);
    Set<String> chosen = new HashSet<>();
    for (Fold fold : folds.folds()) {
      Set<String> dev = Crowd.speakers(fold.dev());
      assertEquals(2, dev.size());
      assertEquals(1, fold.dev().stream().filter(u -> u.gender() == Gender.MALE).count() / 3);
      Set<String> both = Crowd.speakers(fold.train());
      both.retainAll(dev);
      assertEquals(Set.of(), both);
      chosen.addAll(dev);
    }
    assertTrue(chosen.size() > 2, "the same two every time: " + chosen);
  }

  /** A later version must not choose others: a run could not be repeated or resumed. */
  @Test
  void aSeedChoosesTheSameDevelopmentSpeakersInEveryVersion() throws IOException {
    Folds folds = split("speaker-pairs", Crowd.of(folder, 10, 1).corpus(), 0.2, 5);
    assertEquals(
        List.of("[s109, s110]", "[s101, s108]", "[s103, s108]", "[s101, s104]", "[s101, s108]"),
        folds.folds().stream().map(fold -> Crowd.speakers(fold.dev()).toString()).toList());
  }

  @Test
  void ofFewSpeakersDevelopmentIsAShareOfEachClass() throws IOException {
    Folds folds = split("leave-one-speaker-out", Crowd.of(folder, 4, 10).corpus(), 0.2, 5);
    assertTrue(folds.devSpeakerDependent());
    assertFalse(folds.speakerDependent());
    for (Fold fold : folds.folds()) {
      assertEquals(18, fold.dev().size());
      for (String label : Crowd.LABELS) {
        assertEquals(6, fold.dev().stream().filter(u -> u.emotion().equals(label)).count());
      }
    }
  }

  @Test
  void withSessionsDevelopmentIsAWholeSession() throws IOException {
    Folds folds = split("leave-one-session-out", Crowd.of(folder, 8, 1).corpus(), 0.2, 5);
    for (Fold fold : folds.folds()) {
      assertEquals(1, fold.dev().stream().map(Utterance::session).distinct().count());
      assertEquals(2, Crowd.speakers(fold.dev()).size());
    }
  }

  @Test
  void developmentNeverTakesTheOnlySpeakersOfAClass() throws IOException {
    Crowd crowd = Crowd.of(folder, 8, 1);
    crowd.add(1, "fear", "").add(4, "fear", "").add(7, "fear", "");
    for (long seed = 0; seed < 20; seed++) {
      for (Fold fold : split("speaker-k:4", crowd.corpus(), 0.1, seed).folds()) {
        assertTrue(labels(fold.train()).contains("fear"), fold.name());
      }
    }
  }

  @Test
  void tooFewSpeakersAreCounted() throws IOException {
    Corpus corpus = Crowd.of(folder, 2, 1).corpus();
    assertEquals(
        "speaker-k:3 needs at least 3 speakers; crowd has 2", refusal("speaker-k:3", corpus));
    assertEquals(
        "leave-one-session-out needs at least 2 sessions; crowd has 1",
        refusal("leave-one-session-out", corpus));
    assertEquals(
        "random-k:9 needs at least 9 utterances; crowd has 6", refusal("random-k:9", corpus));
  }

  @Test
  void utterancesWithoutSpeakerCannotBeSplitBySpeaker() throws IOException {
    Crowd crowd = Crowd.of(folder, 2, 1).add(0, "anger", "");
    String message = refusal("leave-one-speaker-out", crowd.corpus());
    assertEquals("1 of 7 utterances of crowd have no speaker, u1006 among them", message);
    crowd = Crowd.of(folder, 3, 3).add(0, "anger", "");
    assertTrue(split("random-k:2", crowd.corpus(), 0, 1).speakerDependent());
  }

  @Test
  void aClassThatOnlyTheTestedSpeakerHasIsNamed() throws IOException {
    Crowd crowd = Crowd.of(folder, 4, 1).add(2, "fear", "");
    assertEquals(
        "Fold s102 has no utterance of [fear] to learn from",
        refusal("leave-one-speaker-out", crowd.corpus()));
  }

  @Test
  void aFoldThatIsJudgedOnOneClassIsNamed() throws IOException {
    Crowd crowd = Crowd.of(folder, 4, 1).add(5, "anger", "");
    assertEquals(
        "Fold s105 is tested on one class only: [anger]",
        refusal("leave-one-speaker-out", crowd.corpus()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void aShareOfNoPartIsRejected(double share) throws IOException {
    Corpus corpus = Crowd.of(folder, 4, 1).corpus();
    assertThrows(IllegalArgumentException.class, () -> split("speaker-pairs", corpus, share, 1));
  }
}
