package io.gemoclap.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.text.TextTokenizer;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Two towers as a pair of functions to unit vectors, without gradients and without dropout. Serving
 * calls it through {@link GEmoClap}; training judges the towers that it is teaching through the
 * same code. Both methods may be called from several threads at once, as long as no caller changes
 * weights.
 *
 * @hidden
 */
@Internal
public record Embedder(TwoTowers towers, TextTokenizer tokenizer, NDManager manager) {
  /**
   * Unit vectors of segments, in their order.
   *
   * @param batch at least one matrix, each with at least one frame
   */
  public float[][] embedSpeech(List<FeatureMatrix> batch) {
    try (var off = Tensors.noGradient();
        NDManager scope = manager.newSubManager()) {
      return rows(towers.embedSpeech(scope, batch, false));
    }
  }

  /** Unit vectors of sentences, in their order; at least one. */
  public float[][] embedText(List<String> sentences) {
    try (var off = Tensors.noGradient();
        NDManager scope = manager.newSubManager()) {
      return rows(towers.embedText(scope, tokenizer.encode(sentences), false));
    }
  }

  private static float[][] rows(NDArray matrix) {
    int n = Math.toIntExact(matrix.getShape().get(0));
    int dims = Math.toIntExact(matrix.getShape().get(1));
    float[] flat = Tensors.values(matrix);
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * dims, (i + 1) * dims);
    }
    return rows;
  }
}
