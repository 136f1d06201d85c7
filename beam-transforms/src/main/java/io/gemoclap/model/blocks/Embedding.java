package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A table of vectors: int64 indices of any shape to (…, d). Parameter {@code weight} (V, d).
 *
 * @hidden
 */
@Internal
public final class Embedding extends NamedBlock {
  private final Parameter weight;

  public Embedding(int rows, int dims) {
    weight = parameter("weight", Start.NORMAL, rows, dims);
  }

  public NDArray forward(NDArray indices) {
    return Tensors.embedding(indices, weight.getArray());
  }
}
