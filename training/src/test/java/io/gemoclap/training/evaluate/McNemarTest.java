package io.gemoclap.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class McNemarTest {

  @Test
  void fewItemsAreJudgedExactly() {
    // 1 against 5: 2 · (1 + 6) / 2^6.
    McNemar test = McNemar.of(1, 5);
    assertTrue(test.exact());
    assertEquals(14 / 64.0, test.p(), 1e-12);
    assertEquals(14 / 64.0, McNemar.of(5, 1).p(), 1e-12);
  }

  @Test
  void allOnOneSide() {
    assertEquals(2 / 1024.0, McNemar.of(0, 10).p(), 1e-12);
  }

  @Test
  void anEvenSplitAndNoItemsHaveAPOfOne() {
    assertEquals(1, McNemar.of(4, 4).p());
    assertEquals(1, McNemar.of(0, 0).p());
    assertEquals(1, McNemar.of(20, 20).p(), 1e-12);
    assertEquals(1, McNemar.of(7, 6).p(), 1e-12);
  }

  @Test
  void manyItemsAreJudgedByChiSquareWithContinuityCorrection() {
    // (|40 − 20| − 1)² / 60 = 6.01667; its root is 2.45289, and the normal law has 0.014171 beyond.
    McNemar test = McNemar.of(40, 20);
    assertFalse(test.exact());
    assertEquals(0.014171, test.p(), 1e-6);
  }

  @Test
  void twentyFourItemsAreFewAndTwentyFiveAreMany() {
    assertTrue(McNemar.of(12, 12).exact());
    assertFalse(McNemar.of(12, 13).exact());
  }

  @Test
  void countsItemsThatOneAloneHasRight() {
    // Both are right, three times; both are wrong, four times; only A twice, and only B once.
    int[] truths = {0, 0, 0, 1, 1, 1, 1, 0, 1, 1};
    int[] predictionsOfA = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0};
    int[] predictionsOfB = {0, 0, 0, 0, 0, 0, 0, 1, 0, 1};
    Outcomes a = new Outcomes(List.of("x", "y"), truths, predictionsOfA);
    Outcomes b = new Outcomes(List.of("x", "y"), truths, predictionsOfB);
    McNemar test = McNemar.of(a, b);
    assertEquals(2, test.onlyA());
    assertEquals(1, test.onlyB());
  }

  @Test
  void countsAreNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> McNemar.of(-1, 3));
    assertThrows(IllegalArgumentException.class, () -> McNemar.of(3, -1));
  }
}
