package io.gemoclap.training.folds;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.gemoclap.training.corpus.Utterance;
import java.util.List;

/**
 * All folds of a corpus, and which groups they keep apart.
 *
 * @param scheme as {@link FoldScheme} writes it
 * @param speakerDependent whether test speakers may be in the training part: because utterances are
 *     dealt at random, or because the corpus does not tell who speaks. Reports have to say so
 * @param devSpeakerDependent whether speakers of a development part may be in the training part
 * @param devShare share of the training utterances that was asked for as development part, in [0,
 *     1); 0 for none
 * @param folds in a fixed order
 */
public record Folds(
    String scheme,
    boolean speakerDependent,
    boolean devSpeakerDependent,
    double devShare,
    List<Fold> folds) {

  /** Copies the folds. */
  public Folds {
    folds = List.copyOf(folds);
  }

  /** Whether any fold has a development part, on which its epoch is chosen. */
  public boolean haveDevelopmentPart() {
    return folds.stream().anyMatch(fold -> !fold.dev().isEmpty());
  }

  /** SHA-256 of who is in which part of which fold, in hexadecimal. */
  public String digest() {
    Hasher hasher = Hashing.sha256().newHasher();
    for (Fold fold : folds) {
      add(hasher, "fold", fold.name(), List.of());
      add(hasher, "train", "", fold.train());
      add(hasher, "dev", "", fold.dev());
      add(hasher, "test", "", fold.test());
    }
    return hasher.hash().toString();
  }

  private static void add(Hasher hasher, String kind, String name, List<Utterance> part) {
    hasher.putUnencodedChars(kind + "\n" + name + "\n");
    part.forEach(utterance -> hasher.putUnencodedChars(utterance.id()).putChar('\n'));
  }
}
