package io.gemoclap.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

/** A table of vectors: int64 indices of any shape to (…, d). Parameter {@code weight} (V, d). */
final class Embedding extends NamedBlock {
  private final Parameter weight;

  Embedding(int rows, int dims) {
    weight = parameter("weight", Start.NORMAL, rows, dims);
  }

  NDArray forward(NDArray indices) {
    return Tensors.embedding(indices, weight.getArray());
  }
}
