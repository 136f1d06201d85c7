package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.weights.FloatTensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FamiliarityTest {
  private static FeatureMatrix row(float... values) {
    return FeatureMatrix.of(1, values.length, values);
  }

  /** Shrunk by a tenth: the variances become 0.9 · 4 + 0.25 = 3.85 and 0.9 · 1 + 0.25 = 1.15. */
  private static final Familiarity INDEPENDENT =
      Familiarity.of(new double[] {1, -1}, new double[][] {{4, 0}, {0, 1}});

  @Test
  void independentFeaturesByHand() {
    assertEquals(0, INDEPENDENT.distance(row(1, -1)), 1e-6);
    assertEquals(Math.sqrt(4 / 3.85 / 2), INDEPENDENT.distance(row(3, -1)), 1e-6);
    assertEquals(Math.sqrt((4 / 3.85 + 9 / 1.15) / 2), INDEPENDENT.distance(row(3, 2)), 1e-6);
  }

  @Test
  void whatContradictsTheCorrelationIsFurtherAway() {
    Familiarity familiarity =
        Familiarity.of(new double[] {0, 0}, new double[][] {{1, 0.9}, {0.9, 1}});
    // Σ = [[1, 0.81], [0.81, 1]] after shrinkage; its inverse times 1 − 0.81².
    double determinant = 1 - 0.81 * 0.81;
    assertEquals(
        Math.sqrt((2 - 2 * 0.81) / determinant / 2), familiarity.distance(row(1, 1)), 1e-5);
    assertEquals(
        Math.sqrt((2 + 2 * 0.81) / determinant / 2), familiarity.distance(row(1, -1)), 1e-5);
  }

  @Test
  void rowsAreAveragedAndFurtherColumnsIgnored() {
    FeatureMatrix two = FeatureMatrix.of(2, 3, new float[] {2, 0, 9, 4, -2, 7});
    assertEquals(INDEPENDENT.distance(row(3, -1)), INDEPENDENT.distance(two), 1e-6);
  }

  @Test
  void isNeverInfinite() {
    assertEquals(1000, INDEPENDENT.distance(row(Float.NaN, 0)));
    assertEquals(1000, INDEPENDENT.distance(row(1e30f, 0)));
  }

  @Test
  void comesBackFromItsTensorsAndRefusesOthers() {
    Familiarity read = Familiarity.of(INDEPENDENT.tensors());
    assertEquals(INDEPENDENT.distance(row(3, 2)), read.distance(row(3, 2)));
    Map<String, FloatTensor> odd =
        Map.of(
            "mean", new FloatTensor(new float[2], new long[] {2}),
            "whitening", new FloatTensor(new float[6], new long[] {2, 3}));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Familiarity.of(odd)).getMessage();
    assertTrue(message.contains("not a square matrix of the 2 features"), message);
    assertThrows(IllegalArgumentException.class, () -> Familiarity.of(Map.of()));
    assertThrows(IllegalArgumentException.class, () -> INDEPENDENT.distance(row(1)));
  }

  @Test
  void constantFeaturesAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Familiarity.of(new double[1], new double[][] {{0}}));
  }
}
