package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import org.apache.beam.sdk.annotations.Internal;

/**
 * {@code y = x·Wᵀ + b}: (…, in) to (…, out). Parameters {@code weight} (out, in), {@code bias}.
 *
 * @hidden
 */
@Internal
public final class Linear extends NamedBlock {
  private final Parameter weight;
  private final Parameter bias;

  public Linear(int in, int out, Start start) {
    weight = parameter("weight", start, out, in);
    bias = parameter("bias", Start.ZEROS, out);
  }

  public NDArray forward(NDArray x) {
    return Tensors.linear(x, weight.getArray(), bias.getArray());
  }
}
