package io.gemoclap.training.folds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SpeakerFoldsTest {
  private static final List<String> MEN = List.of("03", "10", "11", "12", "15");
  private static final List<String> WOMEN = List.of("08", "09", "13", "14", "16");

  private static Utterance utterance(String speaker, Gender gender, int number) {
    String id = speaker + "a0" + number + "Fa";
    return Utterance.of(id, id + ".wav")
        .speaker(speaker)
        .gender(gender)
        .label("F", "happiness")
        .build();
  }

  /** Three utterances of each speaker, women last, so that order alone pairs nobody. */
  private static Corpus corpus(List<String> men, List<String> women) {
    List<Utterance> utterances = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      for (String man : men) {
        utterances.add(utterance(man, Gender.MALE, number));
      }
      for (String woman : women) {
        utterances.add(utterance(woman, Gender.FEMALE, number));
      }
    }
    return new Corpus("emodb", List.of("happiness"), utterances);
  }

  private static List<Fold> folds(String scheme, Corpus corpus) throws IOException {
    return FoldScheme.parse(scheme).folds(corpus, 0);
  }

  private static Set<String> speakers(List<Utterance> utterances) {
    Set<String> speakers = new HashSet<>();
    utterances.forEach(utterance -> speakers.add(utterance.speaker()));
    return speakers;
  }

  @Test
  void pairsOfEmoDbAreThoseOfThePublishedRun() throws IOException {
    List<Fold> folds = folds("speaker-pairs", corpus(MEN, WOMEN));
    assertEquals(
        List.of("03+08", "10+09", "11+13", "12+14", "15+16"),
        folds.stream().map(Fold::name).toList());
    assertEquals(Set.of("10", "09"), speakers(folds.get(1).test()));
  }

  @Test
  void everyUtteranceIsTestedOnceAndEveryFoldIsWhole() throws IOException {
    Corpus corpus = corpus(MEN, WOMEN);
    for (List<Fold> folds :
        List.of(folds("speaker-pairs", corpus), folds("leave-one-speaker-out", corpus))) {
      List<Utterance> tested = new ArrayList<>();
      for (Fold fold : folds) {
        assertEquals(corpus.utterances().size(), fold.train().size() + fold.test().size());
        Set<String> both = speakers(fold.train());
        both.retainAll(speakers(fold.test()));
        assertEquals(Set.of(), both);
        tested.addAll(fold.test());
      }
      assertEquals(corpus.utterances().size(), tested.size());
      assertEquals(Set.copyOf(corpus.utterances()), Set.copyOf(tested));
    }
  }

  @Test
  void leavingOneSpeakerOutMakesAFoldForEach() throws IOException {
    assertEquals(
        List.of("03", "08", "09", "10", "11", "12", "13", "14", "15", "16"),
        folds("leave-one-speaker-out", corpus(MEN, WOMEN)).stream().map(Fold::name).toList());
  }

  @Test
  void unequalNumbersOfMenAndWomenMakeNoPairs() throws IOException {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> folds("speaker-pairs", corpus(MEN, WOMEN.subList(0, 4))))
            .getMessage();
    assertTrue(message.contains("emodb has 5 men and 4 women"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> folds("speaker-pairs", corpus(List.of("03"), List.of("08"))));
  }

  @Test
  void aSpeakerOfUnknownGenderMakesNoPairs() throws IOException {
    Corpus corpus = corpus(List.of("03", "10"), List.of("08", "09"));
    List<Utterance> utterances = new ArrayList<>(corpus.utterances());
    utterances.add(utterance("99", Gender.UNKNOWN, 1));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> folds("speaker-pairs", new Corpus("c", corpus.labels(), utterances)))
            .getMessage();
    assertTrue(message.contains("[99] is unknown"), message);
  }
}
