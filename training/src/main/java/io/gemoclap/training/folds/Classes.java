package io.gemoclap.training.folds;

import io.gemoclap.training.corpus.Utterance;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Proves that every fold can be learnt from and judged on. */
final class Classes {
  private Classes() {}

  /**
   * Checks all folds.
   *
   * @throws IllegalArgumentException naming the fold in which training lacks a class that is
   *     judged, or which trains or tests one class only, or tests none
   */
  static void check(Folds folds) {
    Set<String> all = new TreeSet<>();
    folds.folds().forEach(fold -> all.addAll(in(fold.test())));
    for (Fold fold : folds.folds()) {
      Set<String> missing = new TreeSet<>(all);
      missing.removeAll(in(fold.train()));
      if (!missing.isEmpty()) {
        throw new IllegalArgumentException(
            "Fold " + fold.name() + " has no utterance of " + missing + " to learn from");
      }
      refuseOneClass(fold, "learns from", fold.train());
      refuseOneClass(fold, "is tested on", fold.test());
    }
  }

  private static void refuseOneClass(Fold fold, String verb, List<Utterance> part) {
    Set<String> classes = in(part);
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          "Fold %s %s %s"
              .formatted(
                  fold.name(), verb, classes.isEmpty() ? "nothing" : "one class only: " + classes));
    }
  }

  private static Set<String> in(List<Utterance> part) {
    Set<String> classes = new TreeSet<>();
    part.forEach(utterance -> classes.add(utterance.emotion()));
    return classes;
  }
}
