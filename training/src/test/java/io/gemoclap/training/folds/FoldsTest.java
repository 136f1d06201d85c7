package io.gemoclap.training.folds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.Utterance;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FoldsTest {
  private static final Utterance A = Utterance.of("a", "a.wav").build();
  private static final Utterance B = Utterance.of("b", "b.wav").build();

  private static Folds folds(Fold... folds) {
    return new Folds("test", false, false, 0, List.of(folds));
  }

  @Test
  void theDigestTellsWhoIsInWhichPartOfWhichFold() {
    Folds folds = folds(new Fold("f", List.of(A), List.of(), List.of(B)));
    assertEquals(64, folds.digest().length());
    assertEquals(folds.digest(), folds(new Fold("f", List.of(A), List.of(), List.of(B))).digest());
    Set<String> others =
        Set.of(
            folds(new Fold("g", List.of(A), List.of(), List.of(B))).digest(),
            folds(new Fold("f", List.of(B), List.of(), List.of(A))).digest(),
            folds(new Fold("f", List.of(), List.of(A), List.of(B))).digest(),
            folds(new Fold("f", List.of(A, B), List.of(), List.of())).digest(),
            folds(new Fold("f", List.of(A), List.of(B), List.of())).digest(),
            folds(new Fold("f", List.of(A), List.of(), List.of())).digest());
    assertEquals(6, others.size());
    assertFalse(others.contains(folds.digest()));
  }

  @Test
  void anyFoldMayHaveADevelopmentPart() {
    Fold without = new Fold("f", List.of(A), List.of(B));
    Fold with = new Fold("g", List.of(), List.of(A), List.of(B));
    assertFalse(folds(without).haveDevelopmentPart());
    assertTrue(folds(without, with).haveDevelopmentPart());
  }
}
