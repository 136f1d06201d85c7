package io.gemoclap.training.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoresTest {

  @Test
  void recallsAndCalibrationErrorAreThoseOfTheProbabilities() {
    Scores scores =
        Scores.of(
            List.of("anger", "sadness", "fear"),
            new int[] {0, 0, 0, 1},
            new double[][] {{0.9, 0.1, 0}, {0.9, 0.1, 0}, {0.1, 0.9, 0}, {0.1, 0.9, 0}});
    assertEquals(4, scores.clips());
    assertEquals(0.75, scores.war(), 1e-12);
    assertEquals((2 / 3.0 + 1) / 2, scores.uar(), 1e-12);
    // One bin: mean confidence 0.9, three of four right.
    assertEquals(0.15, scores.ece(), 1e-12);
    assertEquals(-(3 * Math.log(0.9) + Math.log(0.1)) / 4, scores.logLoss(), 1e-12);
  }
}
