package io.gemoclap.training.folds;

import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Folds whose test speakers are not in the training part. */
public final class SpeakerFolds {
  private SpeakerFolds() {}

  /**
   * One man and one woman in each test part, paired in the order of their ids.
   *
   * @throws IllegalArgumentException unless there are as many men as women, two of each at least
   */
  public static List<Fold> pairs(Corpus corpus) {
    List<String> men = speakers(corpus, Gender.MALE);
    List<String> women = speakers(corpus, Gender.FEMALE);
    List<String> others = speakers(corpus, Gender.UNKNOWN);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "Speaker pairs need every speaker's gender; that of " + others + " is unknown");
    }
    if (men.size() != women.size() || men.size() < 2) {
      throw new IllegalArgumentException(
          "Speaker pairs need as many men as women, two of each at least; "
              + corpus.name()
              + " has "
              + men.size()
              + " men and "
              + women.size()
              + " women");
    }
    List<Fold> folds = new ArrayList<>();
    for (int i = 0; i < men.size(); i++) {
      folds.add(fold(corpus, List.of(men.get(i), women.get(i))));
    }
    return folds;
  }

  /** As many folds as speakers. */
  public static List<Fold> leaveOneSpeakerOut(Corpus corpus) {
    return corpus.utterances().stream()
        .map(Utterance::speaker)
        .distinct()
        .sorted()
        .map(speaker -> fold(corpus, List.of(speaker)))
        .toList();
  }

  private static List<String> speakers(Corpus corpus, Gender gender) {
    return corpus.utterances().stream()
        .filter(utterance -> utterance.gender() == gender)
        .map(Utterance::speaker)
        .distinct()
        .sorted()
        .toList();
  }

  private static Fold fold(Corpus corpus, List<String> speakers) {
    Set<String> held = Set.copyOf(speakers);
    return new Fold(
        String.join("+", speakers),
        corpus.utterances().stream().filter(u -> !held.contains(u.speaker())).toList(),
        corpus.utterances().stream().filter(u -> held.contains(u.speaker())).toList());
  }
}
