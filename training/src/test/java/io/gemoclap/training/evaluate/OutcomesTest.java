package io.gemoclap.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OutcomesTest {
  private final Outcomes outcomes =
      new Outcomes(List.of("a", "b"), new int[] {0, 0, 1}, new int[] {0, 1, 1});

  @Test
  void countsEveryItem() {
    assertArrayEquals(new int[][] {{1, 1}, {0, 1}}, outcomes.confusion().counts());
  }

  @Test
  void anItemThatIsDrawnTwiceCountsTwice() {
    // Item 0 twice (right), item 1 (wrong), item 2 (right): 3 of 4; recalls 2/3 and 1.
    // F1 of a: 2·2 / (3 + 2); of b: 2·1 / (1 + 2).
    assertArrayEquals(
        new double[] {0.75, (2 / 3.0 + 1) / 2, (4 / 5.0 + 2 / 3.0) / 2},
        outcomes.scores(new int[] {0, 0, 1, 2}),
        1e-12);
  }

  @Test
  void everyTruthNeedsAPrediction() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Outcomes(List.of("a"), new int[] {0, 0}, new int[] {0}));
  }
}
