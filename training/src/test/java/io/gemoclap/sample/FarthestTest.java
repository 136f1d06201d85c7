package io.gemoclap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each further centre is the point farthest from all others. */
final class FarthestTest {
  private static float[] at(double degrees) {
    double angle = Math.toRadians(degrees);
    return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
  }

  private static final List<float[]> POINTS = List.of(at(0), at(10), at(100), at(170), at(260));

  @Test
  void beginsWithTheFirstPointWithoutCentres() {
    assertEquals(List.of(0, 3, 4, 2, 1), Farthest.choose(List.of(), POINTS, 5));
  }

  @Test
  void keepsAwayFromGivenCentres() {
    assertEquals(List.of(0, 4), Farthest.choose(List.of(at(90), at(180)), POINTS, 2));
  }

  @Test
  void equalPointsAreEachChosenOnce() {
    assertEquals(
        List.of(0, 1, 2), Farthest.choose(List.of(at(5)), List.of(at(5), at(5), at(5)), 3));
  }
}
