package io.gemoclap.training.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the losses compare with: matches as distributions. The losses themselves need PyTorch. */
final class TargetsTest {
  private static final int[] EMOTIONS = {0, 0, 1};
  private static final int[] GENDERS = {0, 1, 1};

  private static double[][] target(Targets targets, Variant variant, double alpha, int term) {
    ContrastiveLoss loss = new ContrastiveLoss(variant, alpha, targets);
    return loss.target(variant.terms(alpha).get(term), EMOTIONS, GENDERS);
  }

  private static void assertRows(double[][] expected, double[][] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], 1e-12, "row " + i);
    }
  }

  @Test
  void rowTargetsShareOutTheMatchesOfEmotion() {
    assertRows(
        new double[][] {{0.5, 0.5, 0}, {0.5, 0.5, 0}, {0, 0, 1}},
        target(Targets.ROW, Variant.EMO, 0.75, 0));
  }

  @Test
  void multiTaskLearningHasATargetForGenderToo() {
    assertRows(
        new double[][] {{0.5, 0.5, 0}, {0.5, 0.5, 0}, {0, 0, 1}},
        target(Targets.ROW, Variant.ML, 0.75, 0));
    assertRows(
        new double[][] {{1, 0, 0}, {0, 0.5, 0.5}, {0, 0.5, 0.5}},
        target(Targets.ROW, Variant.ML, 0.75, 1));
  }

  /** Matches 1, 0.75, 0 in the first row; 0.75, 1, 0.25 in the second; 0, 0.25, 1 in the third. */
  @Test
  void softLabelsMixTheMatchesOfEmotionAndGender() {
    assertRows(
        new double[][] {
          {1 / 1.75, 0.75 / 1.75, 0}, {0.75 / 2, 1 / 2.0, 0.25 / 2}, {0, 0.25 / 1.25, 1 / 1.25}
        },
        target(Targets.ROW, Variant.SL, 0.75, 0));
  }

  @Test
  void inSoftmaxTargetsAMatchWeighsETimesAMismatch() {
    double two = 2 * Math.E + 1;
    double one = Math.E + 2;
    assertRows(
        new double[][] {
          {Math.E / two, Math.E / two, 1 / two},
          {Math.E / two, Math.E / two, 1 / two},
          {1 / one, 1 / one, Math.E / one}
        },
        target(Targets.SOFTMAX, Variant.EMO, 0.75, 0));
  }

  @Test
  void alphaWeighsTheTermsOfMultiTaskLearning() {
    assertEquals(
        List.of(new Variant.Term(0.75, 1, 0), new Variant.Term(0.25, 0, 1)),
        Variant.ML.terms(0.75));
    assertEquals(List.of(new Variant.Term(1, 1, 0)), Variant.EMO.terms(0.75));
    assertEquals(List.of(new Variant.Term(1, 0.75, 0.25)), Variant.SL.terms(0.75));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void bothEndsOfAlphaAreAllowed(double alpha) {
    assertDoesNotThrow(() -> new ContrastiveLoss(Variant.SL, alpha, Targets.ROW));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.000_001, Double.NaN})
  void otherValuesOfAlphaAreRejected(double alpha) {
    assertThrows(
        IllegalArgumentException.class, () -> new ContrastiveLoss(Variant.SL, alpha, Targets.ROW));
  }
}
