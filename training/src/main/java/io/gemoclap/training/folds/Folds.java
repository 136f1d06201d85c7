package io.gemoclap.training.folds;

import java.util.List;

/**
 * All folds of a corpus, and what they promise.
 *
 * @param scheme as {@link FoldScheme} writes it
 * @param speakerDependent whether test speakers may be heard in training: because utterances are
 *     dealt at random, or because the corpus does not tell who speaks. Reports have to say so
 * @param devSpeakerDependent whether speakers of a development part may be heard in training
 * @param folds in a fixed order
 */
public record Folds(
    String scheme, boolean speakerDependent, boolean devSpeakerDependent, List<Fold> folds) {

  /** Copies the folds. */
  public Folds {
    folds = List.copyOf(folds);
  }
}
