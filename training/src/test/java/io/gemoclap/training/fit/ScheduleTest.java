package io.gemoclap.training.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.fit.TrainConfig.Decay;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

  @Test
  void risesLinearlyDuringTheWarmUp() {
    Schedule schedule = new Schedule(1_000, 0.1, Decay.COSINE);
    assertEquals(0.01, schedule.factor(0), 1e-12);
    assertEquals(0.5 * cosine(49.0 / 1_000), schedule.factor(49), 1e-12);
    assertEquals(cosine(99.0 / 1_000), schedule.factor(99), 1e-12);
  }

  private static double cosine(double share) {
    return 0.5 * (1 + Math.cos(Math.PI * share));
  }

  @Test
  void fallsAlongHalfACosineToAlmostNothing() {
    Schedule schedule = new Schedule(1_000, 0.1, Decay.COSINE);
    assertEquals(0.5, schedule.factor(500), 1e-12);
    assertEquals(0.146447, schedule.factor(750), 1e-6);
    assertTrue(schedule.factor(999) > 0 && schedule.factor(999) < 1e-5);
  }

  @Test
  void aRunOfOneStepRunsAtFullRate() {
    assertEquals(1, new Schedule(1, 0.05, Decay.COSINE).factor(0));
    assertEquals(1, new Schedule(1, 0, Decay.COSINE).factor(0));
  }

  @Test
  void neverLeavesTheRangeOfZeroToOne() {
    for (double warmup : new double[] {0, 0.05, 0.5, 1}) {
      Schedule schedule = new Schedule(37, warmup, Decay.COSINE);
      for (int step = 0; step < 37; step++) {
        double factor = schedule.factor(step);
        assertTrue(factor > 0 && factor <= 1, warmup + ", step " + step + ": " + factor);
      }
    }
  }

  @Test
  void aLinearScheduleFallsInAStraightLine() {
    Schedule schedule = new Schedule(100, 0, Decay.LINEAR);
    assertEquals(1, schedule.factor(0));
    assertEquals(0.5, schedule.factor(50), 1e-12);
    assertEquals(0.01, schedule.factor(99), 1e-12);
  }
}
