package io.gemoclap.training.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.training.adapt.Judgement.Outcome;
import org.junit.jupiter.api.Test;

final class JudgementTest {
  private static final Gain CLEAR = new Gain(0.2, 0.1);
  private static final Gain CLEARER = new Gain(0.3, 0.1);
  private static final Gain SLIGHT = new Gain(0.05, 0.1);
  private static final Gain NONE = new Gain(0, 0.1);
  private static final Gain SLIGHT_LOSS = new Gain(-0.05, 0.1);
  private static final Gain LOSS = new Gain(-0.2, 0.1);

  private static Outcome outcome(Gain uar, Gain logLoss, Gain confidence) {
    Scores before = new Scores(50, 0.5, 0.5, 0.1, 1);
    Scores after = new Scores(50, 0.5 + uar.value(), 0.5, 0.1, 1);
    return new Judgement(
            3, new Judgement.HeldOut(before, before, after, confidence, logLoss, uar), 1, 1)
        .outcome();
  }

  @Test
  void clearlyBetterLabelsMustNotHarmConfidence() {
    assertEquals(Outcome.ADAPTED, outcome(CLEAR, SLIGHT_LOSS, NONE));
    assertEquals(Outcome.ADAPTED, outcome(CLEAR, SLIGHT, CLEARER), "labels come first");
    assertEquals(Outcome.NOTHING, outcome(CLEAR, LOSS, NONE));
    assertEquals(Outcome.CONFIDENCE, outcome(CLEAR, LOSS, CLEAR));
  }

  @Test
  void clearlyBetterConfidenceMustNotHarmLabelsNorComeFromTheTemperatureAlone() {
    assertEquals(Outcome.ADAPTED, outcome(NONE, CLEARER, CLEAR));
    assertEquals(Outcome.ADAPTED, outcome(SLIGHT, CLEAR, SLIGHT));
    assertEquals(Outcome.CONFIDENCE, outcome(SLIGHT_LOSS, CLEARER, CLEAR));
    assertEquals(Outcome.CONFIDENCE, outcome(SLIGHT, CLEAR, CLEARER));
    assertEquals(Outcome.NOTHING, outcome(SLIGHT_LOSS, CLEAR, SLIGHT));
  }

  @Test
  void differencesWithinTheErrorAreNotBetter() {
    assertEquals(Outcome.NOTHING, outcome(SLIGHT, SLIGHT, SLIGHT));
    assertEquals(Outcome.NOTHING, outcome(LOSS, LOSS, LOSS));
    assertEquals(Outcome.CONFIDENCE, outcome(SLIGHT, SLIGHT, CLEAR));
    assertEquals(Outcome.UNKNOWN, new Judgement(0, null, 1, 1).outcome());
  }
}
