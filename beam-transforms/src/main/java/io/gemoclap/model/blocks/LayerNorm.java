package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Layer normalisation of the last axis, with {@code weight} and {@code bias} (d).
 *
 * @hidden
 */
@Internal
public final class LayerNorm extends NamedBlock {
  private final Parameter weight;
  private final Parameter bias;
  private final double epsilon;

  public LayerNorm(int dims, double epsilon) {
    weight = parameter("weight", Start.ONES, dims);
    bias = parameter("bias", Start.ZEROS, dims);
    this.epsilon = epsilon;
  }

  public NDArray forward(NDArray x) {
    return Tensors.layerNorm(x, weight.getArray(), bias.getArray(), epsilon);
  }
}
