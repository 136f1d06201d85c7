package io.gemoclap.training.folds;

import io.gemoclap.training.corpus.Utterance;
import java.util.List;

/**
 * One split of a corpus into utterances to learn from, to choose by and to be judged on. {@link
 * LeakGuard} proves that the parts share nothing.
 *
 * @param name unique among the folds of a corpus; usually names who is tested
 * @param train utterances to learn from
 * @param dev utterances to choose a checkpoint by; may be empty
 * @param test utterances to be judged on
 */
public record Fold(String name, List<Utterance> train, List<Utterance> dev, List<Utterance> test) {

  /** Copies the parts. */
  public Fold {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    test = List.copyOf(test);
  }

  /** A fold without development part. */
  public Fold(String name, List<Utterance> train, List<Utterance> test) {
    this(name, train, List.of(), test);
  }
}
