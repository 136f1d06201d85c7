package io.gemoclap.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.prepare.FeaturePlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a bundle says of how it was trained. */
final class ProvenanceTest {
  private static RunIdentity identity(double teacher, String pretrained) {
    TrainConfig defaults = TrainConfig.defaults();
    return new RunIdentity(
        RunIdentity.Method.TOWERS,
        new CorpusDigest("voices", List.of("calm", "angry"), 3, "", ""),
        new RunIdentity.Split("speaker-pairs", 0, ""),
        defaults.withOptimization(
            defaults.optimization().toBuilder().setTextTeacher(teacher).build()),
        pretrained,
        new FeaturePlan(FeatureSpec.emotionFunctionals(), 2, 1, 3, true),
        FeaturePlan.VERSION,
        Normalization.AUTO,
        4,
        "",
        32.0);
  }

  @Test
  void namesCopiesConditionsAndTeacher() {
    ObjectNode provenance = Provenance.of(identity(0.5, null), null);
    assertEquals("voices", provenance.path("corpus").asText());
    assertEquals(2, provenance.path("copies").asInt());
    assertEquals(3, provenance.path("degraded_copies").asInt());
    assertEquals(true, provenance.path("consistency").booleanValue());
    assertEquals("all-MiniLM-L6-v2", provenance.path("text_teacher").asText());
    assertEquals(0.5, provenance.at("/settings/optimization/text_teacher").asDouble());
    assertFalse(provenance.has("pretrained"));
    assertFalse(provenance.has("cross_validation"));
  }

  @Test
  void namesNoTeacherThatDidNotTeach() {
    ObjectNode provenance = Provenance.of(identity(0, "abc"), null);
    assertFalse(provenance.has("text_teacher"));
    assertEquals("abc", provenance.path("pretrained").asText());
  }
}
