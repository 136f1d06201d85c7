package io.gemoclap.training.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

final class DistillationLossTest {
  @Test
  void targetsAreTheSoftmaxOfScaledCosines() {
    double[][] target =
        new DistillationLoss(Math.log(4), 1)
            .target(new float[][] {{1, 0}, {0, 1}}, new float[][] {{1, 0}, {0, 1}, {-1, 0}});
    // Row 1: powers 4, 1 and 1/4 of the cosines 1, 0 and -1; row 2: 1, 4 and 1.
    assertArrayEquals(new double[] {16 / 21.0, 4 / 21.0, 1 / 21.0}, target[0], 1e-12);
    assertArrayEquals(new double[] {1 / 6.0, 4 / 6.0, 1 / 6.0}, target[1], 1e-12);
  }

  @Test
  void largeScalesDoNotOverflow() {
    double[][] target =
        new DistillationLoss(5_000, 1)
            .target(new float[][] {{1, 0}}, new float[][] {{1, 0}, {-1, 0}});
    assertArrayEquals(new double[] {1, 0}, target[0], 1e-12);
  }
}
