package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OverTest {
  private static final double[] X = {8, 1, 4, 2};
  private static final boolean[] FIRST_AND_THIRD = {true, false, true, false};
  private static final boolean[] NONE = new boolean[4];

  /** What {@code numpy.quantile([1, 2, 4, 8], q)} gives. */
  @ParameterizedTest
  @CsvSource({"0,1", "0.05,1.15", "0.25,1.75", "0.5,3", "0.75,5", "0.9,6.8", "1,8"})
  void quantilesInterpolateAsNumPyDoes(double q, double expected) {
    assertEquals(expected, ContourStatistics.quantile(ContourStatistics.sorted(X, null), q), 1e-12);
  }

  @Test
  void aSingleValueIsEveryQuantile() {
    assertEquals(7, ContourStatistics.quantile(new double[] {7}, 0.05));
    assertEquals(7, ContourStatistics.quantile(new double[] {7}, 0.95));
  }

  @Test
  void sortedTakesTheSelectedFramesAlone() {
    assertArrayEquals(new double[] {4, 8}, ContourStatistics.sorted(X, FIRST_AND_THIRD));
  }

  @Test
  void meanAndDeviationArePopulationFigures() {
    assertEquals(3.75, ContourStatistics.mean(X, null));
    assertEquals(6, ContourStatistics.mean(X, FIRST_AND_THIRD));
    assertEquals(2, ContourStatistics.deviation(X, FIRST_AND_THIRD));
  }

  @Test
  void slopeIsTheRiseFromTheMiddleToTheEnd() {
    assertEquals(1.5, ContourStatistics.slope(new double[] {0, 1, 2, 3}, null), 1e-12);
    assertEquals(-2, ContourStatistics.slope(new double[] {2, 0, -2}, null), 1e-12);
    assertEquals(0, ContourStatistics.slope(new double[] {5}, null));
  }

  @Test
  void movesAreSummedUpByMagnitudeAndDirection() {
    double[] moves = {-3, 1, 2, 0};
    assertEquals(1.5, ContourStatistics.meanMagnitude(moves));
    assertEquals(0.5, ContourStatistics.sharePositive(moves));
  }

  @Test
  void withoutAnyFrameEveryStatisticIsZero() {
    double[] none = {};
    assertEquals(0, ContourStatistics.mean(X, NONE));
    assertEquals(0, ContourStatistics.deviation(X, NONE));
    assertEquals(0, ContourStatistics.slope(X, NONE));
    assertEquals(0, ContourStatistics.quantile(none, 0.5));
    assertEquals(0, ContourStatistics.meanMagnitude(none));
    assertEquals(0, ContourStatistics.sharePositive(none));
  }

  @Test
  void theDerivativeOfARampIsItsSteepness() {
    double[] ramp = {0, 3, 6, 9, 12, 15};
    // Inside 3 a frame; at the edges the repeated value flattens it: (2·6 + 3) / 10 at the first.
    assertArrayEquals(new double[] {1.5, 2.4, 3, 3, 2.4, 1.5}, Contours.delta(ramp), 1e-12);
  }
}
