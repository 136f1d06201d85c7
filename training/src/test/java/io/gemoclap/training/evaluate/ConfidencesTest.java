package io.gemoclap.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.training.evaluate.Calibration.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfidencesTest {
  private final Confidences confidences =
      new Confidences(new double[] {0.9, 0.9, 0.5}, new boolean[] {true, false, true});

  @Test
  void anItemThatIsDrawnTwiceCountsTwice() {
    // Item 1 twice (0.9, wrong), item 2 (0.5, right): gaps of two bins, 2 · 0.9 and 0.5, over
    // three.
    assertArrayEquals(
        new double[] {(1.8 + 0.5) / 3, (1.8 + 0.5) / 3},
        confidences.scores(new int[] {1, 1, 2}),
        1e-12);
    // Items 0 and 1 are in one bin: |1.8 - 1| / 3; item 2: |0.5 - 1| / 3.
    assertArrayEquals(
        new double[] {(0.8 + 0.5) / 3, 2.3 / 3}, confidences.scores(new int[] {0, 1, 2}), 1e-12);
    assertEquals(
        confidences.scores(new int[] {0, 1, 2})[0],
        confidences.reliability().expectedError(),
        1e-12);
  }

  @Test
  void eachItemIsJudgedAtItsOwnTemperature() {
    Item item = new Item(new double[] {Math.log(0.8), Math.log(0.2)}, 1);
    Confidences judged = Confidences.of(List.of(item, item), new double[] {1, 0.5});
    assertArrayEquals(new double[] {0.8, 0.64 / 0.68}, judged.confidence(), 1e-12);
    assertArrayEquals(new boolean[] {false, false}, judged.right());
  }

  @Test
  void everyConfidenceNeedsAnOutcome() {
    assertThrows(
        IllegalArgumentException.class, () -> new Confidences(new double[1], new boolean[2]));
  }
}
