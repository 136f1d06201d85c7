package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Feature matrices side by side, padded to the longest.
 *
 * @param features (N, T, D), zero where padded
 * @param mask (N, T, 1), 1 for real frames and 0 for padding
 * @hidden
 */
@Internal
public record PaddedBatch(NDArray features, NDArray mask) {

  /** Pads at least one matrix; all have the same number of columns. */
  public static PaddedBatch of(NDManager manager, List<FeatureMatrix> batch) {
    int n = batch.size();
    int dims = batch.get(0).dims();
    int longest = batch.stream().mapToInt(FeatureMatrix::frames).max().orElseThrow();
    float[] padded = new float[n * longest * dims];
    for (int i = 0; i < n; i++) {
      float[] values = batch.get(i).values();
      System.arraycopy(values, 0, padded, i * longest * dims, values.length);
    }
    int[] lengths = batch.stream().mapToInt(FeatureMatrix::frames).toArray();
    return new PaddedBatch(
        Tensors.floats(manager, padded, n, longest, dims), mask(manager, lengths, longest, 1, 0));
  }

  /** One value for the real frames of each row and another for padding, (N, longest, 1). */
  public static NDArray mask(
      NDManager manager, int[] lengths, int longest, float real, float padding) {
    float[] mask = new float[lengths.length * longest];
    Arrays.fill(mask, padding);
    for (int i = 0; i < lengths.length; i++) {
      Arrays.fill(mask, i * longest, i * longest + lengths[i], real);
    }
    return Tensors.floats(manager, mask, lengths.length, longest, 1);
  }
}
