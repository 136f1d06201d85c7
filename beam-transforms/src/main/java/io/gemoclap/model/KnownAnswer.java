package io.gemoclap.model;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.features.FeatureMatrix;
import java.io.IOException;
import java.util.List;

/**
 * {@code golden.json}: the features of one short clip, a sentence, and what the model answered when
 * the bundle was written. Run at every load, so that a broken installation is noticed before it
 * labels an archive.
 *
 * @param frames rows of the clip's feature matrix
 * @param dims columns of it
 * @param features its values, row-major
 * @param speech the clip's unit vector
 * @param sentence a sentence
 * @param text the sentence's unit vector
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@SuppressWarnings("ArrayRecordComponent") // a file's content, never compared
record KnownAnswer(
    int frames, int dims, float[] features, float[] speech, String sentence, float[] text) {
  private static final double TOLERANCE = 1e-4;

  /**
   * On a GPU, PyTorch convolves float32 in TF32, which has ten bits of mantissa. A random
   * WavLM-base then differs by 5e-5 from the CPU.
   */
  private static final double GPU_TOLERANCE = 2e-3;

  /** What ten bits of a float16 leave of a component of a unit vector after many layers. */
  private static final double HALF_TOLERANCE = 2e-2;

  /**
   * Asks a model.
   *
   * @throws IOException if the model's answer is not finite
   */
  static KnownAnswer of(GEmoClap model, FeatureMatrix clip, String sentence) throws IOException {
    float[] speech = model.embedSpeech(List.of(clip))[0];
    float[] text = model.embedText(List.of(sentence))[0];
    compare("speech", speech, speech, TOLERANCE);
    compare("text", text, text, TOLERANCE);
    return new KnownAnswer(clip.frames(), clip.dims(), clip.values(), speech, sentence, text);
  }

  void check(GEmoClap model, Precision precision, boolean gpu) throws IOException {
    double tolerance = tolerance(precision, gpu);
    FeatureMatrix clip = FeatureMatrix.of(frames, dims, features);
    compare("speech", speech, model.embedSpeech(List.of(clip))[0], tolerance);
    compare("text", text, model.embedText(List.of(sentence))[0], tolerance);
  }

  /** The largest difference of a component that a sound installation may have. */
  static double tolerance(Precision precision, boolean gpu) {
    return switch (precision) {
      case FP16 -> HALF_TOLERANCE;
      case FP32 -> gpu ? GPU_TOLERANCE : TOLERANCE;
    };
  }

  private static void compare(String tower, float[] expected, float[] actual, double tolerance)
      throws IOException {
    double worst = expected.length == actual.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
    }
    if (Double.isNaN(worst)) {
      throw new IOException(
          "The model's self-check failed: the "
              + tower
              + " vector of its known answer is not finite; its weights are too large for their"
              + " precision, or a traced encoder, whose weights cannot be examined, is damaged");
    }
    if (!(worst <= tolerance)) {
      throw new IOException(
          "The model's self-check failed: the "
              + tower
              + " vector of its known answer is off by "
              + worst
              + " (allowed: "
              + tolerance
              + "); the engine or the bundle is broken: copy the bundle again, or build it here");
    }
  }
}
