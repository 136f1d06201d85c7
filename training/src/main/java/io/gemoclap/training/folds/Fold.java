package io.gemoclap.training.folds;

import io.gemoclap.training.corpus.Utterance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One split of a corpus into training and test utterances. No speaker stands on both sides.
 *
 * @param name names the test speakers
 * @param train utterances to learn from
 * @param test utterances to be judged on
 */
public record Fold(String name, List<Utterance> train, List<Utterance> test) {

  /** Proves that no speaker stands on both sides. */
  public Fold {
    train = List.copyOf(train);
    test = List.copyOf(test);
    Set<String> speakers = new HashSet<>();
    train.forEach(utterance -> speakers.add(utterance.speaker()));
    for (Utterance utterance : test) {
      if (speakers.contains(utterance.speaker())) {
        throw new IllegalArgumentException(
            "Speaker " + utterance.speaker() + " stands on both sides of fold " + name);
      }
    }
  }
}
