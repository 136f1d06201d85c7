package io.gemoclap.training.run;

import io.gemoclap.model.text.ByteLevelBpe;
import io.gemoclap.training.prompts.Wordings;
import java.util.List;

/** The tokens of the text tower: learned from the sentences of the labels, the same every time. */
final class Tokens {
  /** More merges make whole words, and then words that training never saw are not understood. */
  private static final int MERGES = 200;

  private Tokens() {}

  static ByteLevelBpe of(Wordings wordings, List<String> labels) {
    return ByteLevelBpe.learn(wordings.sentences(labels), MERGES);
  }
}
