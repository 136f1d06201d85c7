package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.training.report.ConsistencyRow;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConsistencyTest {
  private static ConditionRow row(
      String utterance, String perturbation, boolean archive, String emotion, int label) {
    double[] logits = new double[2];
    logits[label] = 1;
    return new ConditionRow(
        utterance,
        "1",
        perturbation,
        archive,
        ConditionRow.NOTHING,
        emotion,
        logits,
        "female",
        new double[2],
        null);
  }

  @Test
  void comparesWithTheCleanLabelOfTheSameLevelAndPoolsTheFolds() {
    Consistency consistency = new Consistency(List.of("calm", "angry"));
    consistency.add(
        List.of(
            row("a", "none", false, "calm", 0),
            row("a", "none", true, "calm", 1),
            row("b", "none", false, "angry", 0),
            row("b", "none", true, "angry", 1),
            row("a", "room-mild", false, "calm", 0),
            row("a", "room-mild", true, "calm", 0),
            row("b", "room-mild", false, "angry", 1),
            row("b", "room-mild", true, "angry", 1)));
    consistency.add(
        List.of(row("c", "none", false, "calm", 0), row("c", "room-mild", false, "calm", 0)));
    assertEquals(
        List.of(
            new ConsistencyRow("room-mild", "mild", false, false, 3, 2 / 3.0, 1),
            new ConsistencyRow("room-mild", "mild", true, false, 2, 0.5, 1)),
        consistency.rows());
  }
}
