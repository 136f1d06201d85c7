package io.gemoclap.training.fit;

import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.fit.TrainConfig.Balance;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How often an utterance is drawn in an epoch so that classes, and speakers within them, get equal
 * shares. On average each epoch stays as long as it was. Immutable.
 */
record Oversampling(ToDoubleFunction<Utterance> expected) {
  static Oversampling of(List<Utterance> utterances, Balance balance) {
    if (balance == Balance.NONE) {
      return new Oversampling(utterance -> 1);
    }
    boolean speakers = balance == Balance.CLASS_AND_SPEAKER;
    Map<List<String>, Integer> counts = new HashMap<>();
    Map<String, Set<String>> groups = new HashMap<>();
    for (Utterance utterance : utterances) {
      counts.merge(group(utterance, speakers), 1, Integer::sum);
      groups
          .computeIfAbsent(utterance.emotion(), emotion -> new HashSet<>())
          .add(speakers ? utterance.speaker() : "");
    }
    int all = utterances.size();
    return new Oversampling(
        utterance ->
            (double) all
                / groups.size()
                / groups.get(utterance.emotion()).size()
                / counts.get(group(utterance, speakers)));
  }

  private static List<String> group(Utterance utterance, boolean speakers) {
    return List.of(utterance.emotion(), speakers ? utterance.speaker() : "");
  }

  /** Expected number of times in an epoch. */
  double expected(Utterance utterance) {
    return expected.applyAsDouble(utterance);
  }

  /** The number of times in this epoch: the expected one, rounded up or down at random. */
  int draw(Utterance utterance, SplittableRandom random) {
    double times = expected(utterance);
    int whole = (int) times;
    double rest = times - whole;
    return rest > 0 && random.nextDouble() < rest ? whole + 1 : whole;
  }
}
