package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head scaled dot-product attention (Vaswani et al. 2017, arXiv 1706.03762).
 *
 * @hidden
 */
@Internal
public final class Attention {
  /** Added to the scores of padded frames or tokens. */
  public static final float MASKED = -1e9f;

  private Attention() {}

  /**
   * Mixes values by the similarity of queries and keys.
   *
   * @param query projected queries (N, T, d), as are {@code key} and {@code value}
   * @param bias added to the scores, of a shape that broadcasts to (N, heads, T, T); null for none
   * @return (N, T, d)
   */
  public static NDArray attend(
      NDArray query,
      NDArray key,
      NDArray value,
      int heads,
      @Nullable NDArray bias,
      double dropout,
      boolean training) {
    long n = query.getShape().get(0);
    long length = query.getShape().get(1);
    long width = query.getShape().get(2) / heads;
    NDArray q = Tensors.scale(query, 1 / Math.sqrt((double) width));
    NDArray scores = Tensors.matMul(split(q, heads), split(key, heads).transpose(0, 1, 3, 2));
    NDArray weights = (bias == null ? scores : scores.add(bias)).softmax(3);
    NDArray mixed =
        Tensors.matMul(Tensors.dropout(weights, dropout, training), split(value, heads));
    return mixed.transpose(0, 2, 1, 3).reshape(n, length, width * heads);
  }

  /** (N, T, d) to (N, heads, T, d / heads). */
  public static NDArray split(NDArray x, int heads) {
    long n = x.getShape().get(0);
    long length = x.getShape().get(1);
    long width = x.getShape().get(2) / heads;
    return x.reshape(n, length, heads, width).transpose(0, 2, 1, 3);
  }
}
