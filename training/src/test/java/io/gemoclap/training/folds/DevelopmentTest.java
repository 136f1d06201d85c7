package io.gemoclap.training.folds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which utterances of the training part become the development part. */
final class DevelopmentTest {
  private static final List<String> LABELS = List.of("anger", "calm");

  private final List<Utterance> train = new ArrayList<>();

  private void add(String speaker, Gender gender, String session, String recording, String label) {
    String id = "u" + (100 + train.size());
    train.add(
        Utterance.of(id, id + ".wav")
            .speaker(speaker)
            .session(session)
            .gender(gender)
            .label(label, label)
            .recording(recording)
            .build());
  }

  /** One utterance of each label. */
  private void speaker(String name, Gender gender, String session) {
    LABELS.forEach(label -> add(name, gender, session, "", label));
  }

  private Development.Part split(double share, long seed, Grouping grouping) {
    return new Development(share, seed).split(new Fold("f", train, List.of()), grouping);
  }

  private static Set<String> of(List<Utterance> part, Function<Utterance, String> group) {
    return part.stream().map(group).collect(Collectors.toSet());
  }

  private static Map<String, Long> counts(List<Utterance> part) {
    return part.stream().collect(Collectors.groupingBy(Utterance::emotion, Collectors.counting()));
  }

  @Test
  void withoutAShareTheFoldStaysAsItIs() {
    speaker("a", Gender.MALE, "");
    Fold fold = new Fold("f", train, List.of());
    Development.Part part = new Development(0, 1).split(fold, Grouping.SPEAKER);
    assertSame(fold, part.fold());
    assertFalse(part.sharesSpeakers());
  }

  @ParameterizedTest
  @CsvSource({"4, false", "3, true"})
  void ofFourSpeakersAManAndAWomanAreTaken(int speakers, boolean shares) {
    for (int i = 0; i < speakers; i++) {
      speaker("s" + i, i % 2 == 0 ? Gender.MALE : Gender.FEMALE, "");
    }
    Development.Part part = split(0.5, 1, Grouping.SPEAKER);
    assertEquals(shares, part.sharesSpeakers());
    Set<String> heard = of(part.fold().train(), Utterance::speaker);
    heard.retainAll(of(part.fold().dev(), Utterance::speaker));
    assertEquals(shares, !heard.isEmpty());
    if (!shares) {
      assertEquals(Set.of("MALE", "FEMALE"), of(part.fold().dev(), u -> u.gender().toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN", "MALE", "FEMALE"})
  void whereNotBothGendersAreKnownOneSpeakerIsTaken(Gender gender) {
    for (int i = 0; i < 5; i++) {
      speaker("s" + i, gender, "");
    }
    Set<String> chosen = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      Development.Part part = split(0.5, seed, Grouping.SPEAKER);
      assertFalse(part.sharesSpeakers());
      assertEquals(2, part.fold().dev().size());
      assertEquals(8, part.fold().train().size());
      assertEquals(1, of(part.fold().dev(), Utterance::speaker).size());
      chosen.addAll(of(part.fold().dev(), Utterance::speaker));
    }
    assertTrue(chosen.size() > 2, chosen.toString());
  }

  @Test
  void speakersOfUnknownGenderAreNeverPaired() {
    speaker("man", Gender.MALE, "");
    speaker("woman", Gender.FEMALE, "");
    speaker("a", Gender.UNKNOWN, "");
    speaker("b", Gender.UNKNOWN, "");
    for (long seed = 0; seed < 10; seed++) {
      assertEquals(
          Set.of("man", "woman"),
          of(split(0.5, seed, Grouping.SPEAKER).fold().dev(), Utterance::speaker));
    }
  }

  @Test
  void theOnlySpeakerOfAClassStaysInTraining() {
    for (int i = 0; i < 4; i++) {
      speaker("s" + i, Gender.UNKNOWN, "");
    }
    add("s0", Gender.UNKNOWN, "", "", "fear");
    add("s1", Gender.UNKNOWN, "", "", "joy");
    add("s2", Gender.UNKNOWN, "", "", "pride");
    for (long seed = 0; seed < 10; seed++) {
      Development.Part part = split(0.5, seed, Grouping.SPEAKER);
      assertEquals(Set.of("s3"), of(part.fold().dev(), Utterance::speaker));
    }
  }

  /** Whoever is taken, a class would be lost, so that a share of each class is taken. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whereEverySpeakerIsTheOnlyOneOfAClassSpeakersAreShared(boolean genders) {
    for (int i = 0; i < 4; i++) {
      Gender gender = i % 2 == 0 ? Gender.MALE : Gender.FEMALE;
      for (int each = 0; each < 4; each++) {
        add("s" + i, genders ? gender : Gender.UNKNOWN, "", "", "label " + i);
      }
    }
    Development.Part part = split(0.5, 1, Grouping.SPEAKER);
    assertTrue(part.sharesSpeakers());
    assertEquals(
        Map.of("label 0", 2L, "label 1", 2L, "label 2", 2L, "label 3", 2L),
        counts(part.fold().dev()));
  }

  @ParameterizedTest
  @CsvSource({"3, false", "2, true"})
  void ofThreeSessionsOneIsTaken(int sessions, boolean shares) {
    for (int i = 0; i < sessions; i++) {
      speaker("s" + i, Gender.MALE, "day" + i);
    }
    Development.Part part = split(0.5, 1, Grouping.SESSION);
    assertEquals(shares, part.sharesSpeakers());
    assertEquals(2, part.fold().dev().size());
    if (!shares) {
      assertEquals(1, of(part.fold().dev(), Utterance::session).size());
    }
  }

  @Test
  void whereEverySessionIsTheOnlyOneOfAClassASessionIsShared() {
    for (int i = 0; i < 3; i++) {
      for (int each = 0; each < 2; each++) {
        add("s", Gender.MALE, "day" + i, "", "label " + i);
      }
    }
    Development.Part part = split(0.5, 1, Grouping.SESSION);
    assertTrue(part.sharesSpeakers());
    assertEquals(3, part.fold().dev().size());
  }

  /** A share of 0.3: of ten, three; of two, one (rounded); of one, none, since it would be lost. */
  @Test
  void aShareOfEachClassIsTakenAndNeverAll() {
    for (int i = 0; i < 10; i++) {
      add("s", Gender.MALE, "", "", "anger");
    }
    add("s", Gender.MALE, "", "", "calm");
    add("s", Gender.MALE, "", "", "calm");
    add("s", Gender.MALE, "", "", "fear");
    assertEquals(
        Map.of("anger", 3L, "calm", 1L), counts(split(0.3, 1, Grouping.RECORDING).fold().dev()));
    assertEquals(
        Map.of("anger", 9L, "calm", 1L), counts(split(0.95, 1, Grouping.RECORDING).fold().dev()));
  }

  /**
   * A recording of three utterances fits where three may still be taken, and not beside another.
   */
  @Test
  void aRecordingIsTakenAsAWholeIfItFits() {
    for (int recording = 0; recording < 3; recording++) {
      for (int each = 0; each < 3; each++) {
        add("s", Gender.MALE, "", "call" + recording, "anger");
      }
    }
    assertEquals(3, split(3 / 9.0, 1, Grouping.RECORDING).fold().dev().size());
    assertEquals(3, split(5 / 9.0, 1, Grouping.RECORDING).fold().dev().size());
    assertEquals(6, split(6 / 9.0, 1, Grouping.RECORDING).fold().dev().size());
    assertEquals(0, split(2 / 9.0, 1, Grouping.RECORDING).fold().dev().size());
  }
}
