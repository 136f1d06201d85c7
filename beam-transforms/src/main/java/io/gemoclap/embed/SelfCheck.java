package io.gemoclap.embed;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.ReferenceClip;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SpeechModel;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Embeds a synthetic clip and the model's own labels with a loaded model. Beyond the known answer,
 * which loading checks where a bundle has one, this holds for every bundle.
 *
 * @hidden
 */
@Internal
public final class SelfCheck {
  private static final int CLIP_SECONDS = 1;
  private static final double TOLERANCE = 1e-3;

  private SelfCheck() {}

  /**
   * Checks that speech and text become finite unit vectors of the manifest's dimensions.
   *
   * @param model in float32
   * @throws IOException saying which tower fails, and how
   */
  public static void run(SpeechModel model) throws IOException {
    ModelManifest manifest = model.manifest();
    FeatureMatrix clip =
        ReferenceClip.features(manifest.featureSpec(), manifest.normalization(), CLIP_SECONDS);
    try {
      requireUnitVectors("speech", model.embedSpeech(List.of(clip)), manifest.speechDims());
      requireUnitVectors("text", model.embedText(manifest.labels()), manifest.dims());
    } catch (RuntimeException e) {
      throw new IOException("The model's self-check failed: " + e.getMessage(), e);
    }
  }

  static void requireUnitVectors(String tower, float[][] vectors, int dims) throws IOException {
    for (float[] vector : vectors) {
      double squares = 0;
      for (float value : vector) {
        squares += (double) value * value;
      }
      double length = Math.sqrt(squares);
      if (vector.length != dims || !(Math.abs(length - 1) <= TOLERANCE)) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "The model's self-check failed: its %s vectors have %d dimensions and length %.4f,"
                    + " but must have %d and length 1; the bundle is broken: build it again",
                tower,
                vector.length,
                length,
                dims));
      }
    }
  }
}
