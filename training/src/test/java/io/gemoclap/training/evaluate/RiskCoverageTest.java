package io.gemoclap.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.training.evaluate.RiskCoverage.Judged;
import io.gemoclap.training.evaluate.RiskCoverage.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RiskCoverageTest {
  private static List<Judged> judged(Object... confidenceAndRight) {
    List<Judged> all = new ArrayList<>();
    for (int i = 0; i < confidenceAndRight.length; i += 2) {
      all.add(new Judged((double) confidenceAndRight[i], (boolean) confidenceAndRight[i + 1]));
    }
    return all;
  }

  @Test
  void theCurveByHand() {
    RiskCoverage curve = RiskCoverage.of(judged(0.5, false, 0.9, true, 0.8, false, 0.7, true));
    // From the most confident: right, wrong, right, wrong.
    assertEquals(
        List.of(
            new Point(0.25, 0, 0.9),
            new Point(0.5, 0.5, 0.8),
            new Point(0.75, 1.0 / 3, 0.7),
            new Point(1, 0.5, 0.5)),
        curve.points());
    assertEquals((0 + 0.5 + 1.0 / 3 + 0.5) / 4, curve.aurc(), 1e-12);
  }

  @Test
  void theOrderOfEqualConfidencesDoesNotMatter() {
    RiskCoverage curve = RiskCoverage.of(judged(0.6, false, 0.6, true));
    assertEquals(curve, RiskCoverage.of(judged(0.6, true, 0.6, false)));
    assertEquals(0.5, curve.aurc(), 1e-12);
  }

  @Test
  void withoutPredictionsThereIsNoCurve() {
    assertThrows(IllegalArgumentException.class, () -> RiskCoverage.of(List.of()));
  }

  @Test
  void theThresholdIsWherePredictionsBecomeMostlyRight() {
    // Isotonic: 0.9 right; 0.7 and 0.6 pooled, half right; 0.5 wrong.
    List<Judged> all = judged(0.9, true, 0.8, true, 0.7, false, 0.6, true, 0.5, false);
    assertEquals(0.8, RiskCoverage.mostlyRightFrom(all));
    assertEquals(0, RiskCoverage.mostlyRightFrom(judged(0.9, false, 0.4, true, 0.3, true)));
    assertEquals(1, RiskCoverage.mostlyRightFrom(judged(0.9, false, 0.8, false)));
  }
}
