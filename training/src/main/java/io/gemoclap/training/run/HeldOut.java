package io.gemoclap.training.run;

import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.folds.Fold;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Guards that no degraded copy of an utterance is judged by a model that knows the utterance. */
final class HeldOut {
  private HeldOut() {}

  /**
   * The test part of a fold.
   *
   * @throws IllegalStateException if the fold trains on one of its utterances, or chooses its epoch
   *     by it
   */
  static List<Utterance> of(Fold fold) {
    Set<String> known = new HashSet<>();
    Stream.concat(fold.train().stream(), fold.dev().stream())
        .forEach(utterance -> known.add(utterance.id()));
    for (Utterance utterance : fold.test()) {
      if (known.contains(utterance.id())) {
        throw new IllegalStateException(
            "Fold %s trains on utterance '%s', which it also tests"
                .formatted(fold.name(), utterance.id()));
      }
    }
    return fold.test();
  }
}
