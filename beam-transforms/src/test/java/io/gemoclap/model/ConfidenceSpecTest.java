package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfidenceSpecTest {
  @Test
  void theTemperatureGrowsWithTheDistance() {
    ConfidenceSpec spec = new ConfidenceSpec(0.5, 0.4);
    assertEquals(1, spec.factor(1), 1e-12);
    assertEquals(2, spec.factor(4), 1e-12);
    assertEquals(0.5, spec.factor(0.25), 1e-12);
    assertEquals(0.5, spec.factor(0), 1e-12, "nothing is nearer than a quarter");
    assertEquals(1, spec.factor(Familiarity.UNKNOWN), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"-0.1, 0.5", "NaN, 0.5", "Infinity, 0.5", "1, -0.1", "1, 1.1", "1, NaN"})
  void refusesWhatNobodyMeasures(double exponent, double abstainBelow) {
    assertThrows(IllegalArgumentException.class, () -> new ConfidenceSpec(exponent, abstainBelow));
  }
}
