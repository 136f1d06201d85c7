package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * One-dimensional convolution, (N, in, T) to (N, out, T'). Parameters {@code weight} (out, in /
 * groups, kernel) and, if it has one, {@code bias} (out).
 *
 * @hidden
 */
@Internal
public final class Conv1d extends NamedBlock {

  /**
   * How the kernel moves over time.
   *
   * @hidden
   */
  public record Window(long stride, long padding, long dilation, int groups) {
    /** Without padding or dilation, over all channels. */
    public static Window striding(long stride) {
      return new Window(stride, 0, 1, 1);
    }
  }

  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final Window window;

  public Conv1d(int in, int out, int kernel, boolean biased, Window window) {
    weight = parameter("weight", Start.FAN_IN, out, in / window.groups(), kernel);
    bias = biased ? parameter("bias", Start.ZEROS, out) : null;
    this.window = window;
  }

  public NDArray forward(NDArray x) {
    return Tensors.conv1d(x, weight.getArray(), bias == null ? null : bias.getArray(), window);
  }
}
