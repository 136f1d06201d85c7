package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.report.ConfidenceFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Confidence that is fitted on what folds say under several conditions. */
final class ConfidencesTest {
  private static final List<String> LABELS = List.of("calm", "angry");

  /** A model that is equally sure at every distance, but is right less often further away. */
  private static List<ConditionRow> rows(boolean distances) {
    SplittableRandom random = new SplittableRandom(3);
    double[] rights = {0.9, 0.75, 0.6};
    String[] names = {ConditionRow.CLEAN, "room", "telephone"};
    List<ConditionRow> rows = new ArrayList<>();
    for (int condition = 0; condition < names.length; condition++) {
      for (int i = 0; i < 2000; i++) {
        boolean right = random.nextDouble() < rights[condition];
        rows.add(
            new ConditionRow(
                "u" + i,
                i % 2 == 0 ? "1" : "2",
                names[condition],
                false,
                ConditionRow.NOTHING,
                right ? "angry" : "calm",
                new double[] {0, 2.2},
                "unknown",
                new double[2],
                distances ? Double.valueOf(1 + condition) : null));
      }
    }
    return rows;
  }

  @Test
  void confidenceIsHonestUnderTheHarshestConditionsAndLowerFurtherAway() {
    ConfidenceFigures figures = Confidences.of(rows(true), LABELS);
    assertEquals(3, figures.conditions().size());
    ConfidenceFigures.Condition harshest = figures.conditions().get(2);
    assertEquals("telephone", harshest.perturbation());
    assertEquals("none", harshest.known());
    assertEquals(0.6, harshest.accuracy(), 0.03);
    assertEquals(harshest.accuracy(), harshest.confidence(), 0.03);
    assertEquals(3, harshest.distance());
    ConfidenceFigures.Condition clean = figures.conditions().get(0);
    assertTrue(clean.confidence() >= harshest.confidence(), "" + figures);
    assertTrue(clean.confidence() <= clean.accuracy() + 0.02, "never too sure: " + figures);
  }

  @Test
  void withoutDistancesThereIsOneTemperature() {
    ConfidenceFigures figures = Confidences.of(rows(false), LABELS);
    assertEquals(0, figures.distanceExponent(), 1e-6);
    assertNull(figures.conditions().get(0).distance());
    assertEquals(0.6, figures.conditions().get(0).confidence(), 0.03);
  }
}
