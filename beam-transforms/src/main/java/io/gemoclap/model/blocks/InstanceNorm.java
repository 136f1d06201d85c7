package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Normalises each channel over time, (N, C, T) to the same: group normalisation with one channel
 * per group. No row may be padded. Parameters {@code weight} and {@code bias} (C).
 *
 * @hidden
 */
@Internal
public final class InstanceNorm extends NamedBlock {
  private final Parameter weight;
  private final Parameter bias;
  private final double epsilon;

  public InstanceNorm(int channels, double epsilon) {
    weight = parameter("weight", Start.ONES, channels);
    bias = parameter("bias", Start.ZEROS, channels);
    this.epsilon = epsilon;
  }

  public NDArray forward(NDArray x) {
    NDArray normal = Tensors.standardize(x, epsilon);
    return normal.mul(weight.getArray().expandDims(1)).add(bias.getArray().expandDims(1));
  }
}
