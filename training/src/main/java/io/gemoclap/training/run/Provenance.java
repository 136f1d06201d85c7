package io.gemoclap.training.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.training.prepare.FeaturePlan;
import io.gemoclap.training.prompts.TaughtTexts;

/** The field {@code provenance} of a bundle: from what it was trained, how, and how well. */
final class Provenance {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Provenance() {}

  /**
   * Describes the bundle of a run.
   *
   * @param calibrated what the folds say of it; null for a fold, which is not calibrated
   */
  static ObjectNode of(RunIdentity identity, Calibrated calibrated) {
    FeaturePlan features = identity.features();
    ObjectNode provenance = JSON.createObjectNode();
    provenance.put("corpus", identity.corpus().name());
    provenance.set("settings", JSON.valueToTree(identity.config()));
    provenance.put("copies", features.copies());
    provenance.put("degraded_copies", features.degradedCopies());
    provenance.put("consistency", features.conditions());
    if (identity.pretrained() != null) {
      provenance.put("pretrained", identity.pretrained());
    }
    if (identity.config().optimization().textTeacher() > 0) {
      provenance.put("text_teacher", TaughtTexts.TEACHER);
    }
    if (calibrated != null) {
      provenance.set("cross_validation", JSON.valueToTree(calibrated));
    }
    return provenance;
  }
}
