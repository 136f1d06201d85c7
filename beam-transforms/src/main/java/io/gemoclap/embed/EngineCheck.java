package io.gemoclap.embed;

import io.gemoclap.failure.WorkerFaultException;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.ReferenceClip;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SpeechModel;
import java.util.List;

/**
 * Tells a segment that a model cannot embed from an engine that can embed nothing any more, as
 * after an error of a GPU that stays until the process ends.
 */
final class EngineCheck {
  private static final int CLIP_SECONDS = 1;

  private EngineCheck() {}

  /**
   * Embeds a synthetic clip, which every model can.
   *
   * @param model the model that has failed on a segment
   * @param reason how it has failed
   * @throws WorkerFaultException if the model fails on the clip too
   */
  static void requireAlive(SpeechModel model, String reason) {
    ModelManifest manifest = model.manifest();
    FeatureMatrix clip =
        ReferenceClip.features(manifest.featureSpec(), manifest.normalization(), CLIP_SECONDS);
    try {
      float[] vector = model.embedSpeech(List.of(clip))[0];
      for (float value : vector) {
        if (!Float.isFinite(value)) {
          throw new ArithmeticException("a vector that is not finite");
        }
      }
    } catch (RuntimeException e) {
      throw new WorkerFaultException(
          ("The engine fails on every input, not only on one segment (%s; a synthetic clip: %s)."
                  + " Restart this worker's process, and check its GPU and its memory.")
              .formatted(reason, e.getMessage()),
          e);
    }
  }
}
