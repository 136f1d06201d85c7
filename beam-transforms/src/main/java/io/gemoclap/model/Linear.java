package io.gemoclap.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;

/** {@code y = x·Wᵀ + b}: (…, in) to (…, out). Parameters {@code weight} (out, in), {@code bias}. */
final class Linear extends NamedBlock {
  private final Parameter weight;
  private final Parameter bias;

  Linear(int in, int out, Start start) {
    weight = parameter("weight", start, out, in);
    bias = parameter("bias", Start.ZEROS, out);
  }

  NDArray forward(NDArray x) {
    return Tensors.linear(x, weight.getArray(), bias.getArray());
  }
}
