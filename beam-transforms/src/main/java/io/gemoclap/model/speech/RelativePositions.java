package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gemoclap.model.blocks.Embedding;
import io.gemoclap.model.blocks.NamedBlock;
import io.gemoclap.model.blocks.Tensors;

/**
 * A learned bias for each head and bucket of relative positions, as in T5 (Raffel et al. 2020) and
 * WavLM: near distances have a bucket each, far ones share buckets of logarithmic width. Half of
 * the buckets are for later positions, half for earlier ones. Parameter {@code weight} (buckets,
 * heads).
 */
final class RelativePositions extends NamedBlock {
  private final Embedding table;
  private final int buckets;
  private final int maxDistance;

  RelativePositions(int buckets, int maxDistance, int heads) {
    this.table = child("rel_attn_embed", new Embedding(buckets, heads));
    this.buckets = buckets;
    this.maxDistance = maxDistance;
  }

  /** The bias between all pairs of {@code length} frames, (1, heads, length, length). */
  NDArray forward(NDManager manager, int length) {
    long[] indices = new long[length * length];
    for (int distance = 1 - length; distance < length; distance++) {
      int bucket = bucket(distance, buckets, maxDistance);
      for (int from = Math.max(0, -distance); from < Math.min(length, length - distance); from++) {
        indices[from * length + from + distance] = bucket;
      }
    }
    NDArray pairs = Tensors.longs(manager, indices, length, length);
    return table.forward(pairs).transpose(2, 0, 1).expandDims(0);
  }

  /**
   * The bucket of a signed distance, in single precision as the reference computes it.
   *
   * @param distance frames from the one that looks to the one that is looked at
   */
  static int bucket(int distance, int buckets, int maxDistance) {
    int half = buckets / 2;
    int exact = half / 2;
    int side = distance > 0 ? half : 0;
    int far = Math.abs(distance);
    if (far < exact) {
      return side + far;
    }
    float position = (float) Math.log((float) far / exact);
    position /= (float) Math.log(maxDistance / (double) exact);
    position *= half - exact;
    return side + Math.min(half - 1, exact + (int) position);
  }
}
