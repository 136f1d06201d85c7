package io.gemoclap.training.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.augment.Copy;
import io.gemoclap.training.corpus.Utterance.Gender;
import io.gemoclap.training.degrade.Degradation;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FeaturePlanTest {
  private static final FeatureSpec SPEC = FeatureSpec.emotionFunctionals();
  private static final FeaturePlan PLAN = new FeaturePlan(SPEC, 2, 7, 3, true);

  private static List<Copy> versions(FeaturePlan plan, String utterance) {
    List<Copy> versions = plan.versions(utterance, Gender.FEMALE, new SplittableRandom(1));
    assertEquals(plan.versions(), versions.size());
    return versions;
  }

  @Test
  void trainingHasVoicesAndDegradedCopiesAndNoCondition() {
    List<Copy> one = versions(PLAN.forTraining(), "a");
    List<Copy> other = versions(PLAN.forTraining(), "b");
    assertEquals(6, one.size());
    assertEquals(Copy.clean(SPEC), one.get(0));
    for (int i = 3; i < 6; i++) {
      assertTrue(one.get(i).degradations().size() > 0);
      assertEquals(one.get(i).degradations(), other.get(i).degradations());
      assertEquals(one.get(i).archive(), other.get(i).archive());
    }
    assertNotEquals(one.get(3).archive(), one.get(4).archive());
  }

  @Test
  void conditionsAreTheRecordingAndEveryDegradationWhateverTheSeed() {
    List<Copy> versions = versions(PLAN.forConditions(), "a");
    assertEquals(1 + Degradation.values().length, versions.size());
    for (Degradation degradation : Degradation.values()) {
      assertEquals(List.of(degradation), versions.get(1 + degradation.index()).degradations());
    }
    assertEquals(PLAN.forConditions(), new FeaturePlan(SPEC, 5, 8, 0, true).forConditions());
  }

  @Test
  void withoutDegradationThePlanIsWrittenAsBefore() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String plain = json.writeValueAsString(new FeaturePlan(SPEC, 2, 7));
    assertTrue(!plain.contains("degraded") && !plain.contains("conditions"), plain);
    assertEquals(PLAN, json.readValue(json.writeValueAsString(PLAN), FeaturePlan.class));
  }
}
