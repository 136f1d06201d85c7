package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Pooling over time that looks at real frames only: (N, T, D) with a mask (N, T, 1) to (N, …).
 *
 * @hidden
 */
@Internal
public final class MaskedPooling {
  private static final int[] TIME = {1};

  private MaskedPooling() {}

  /** Mean over real frames, (N, D). */
  public static NDArray mean(NDArray x, NDArray mask) {
    return x.mul(mask).sum(TIME).div(mask.sum(TIME));
  }

  /** Mean and standard deviation over real frames, (N, 2D). */
  public static NDArray meanAndDeviation(NDArray x, NDArray mask) {
    NDArray mean = mean(x, mask);
    NDArray centred = x.sub(mean.expandDims(1)).mul(mask);
    NDArray variance = centred.mul(centred).sum(TIME).div(mask.sum(TIME));
    return Tensors.concat(1, mean, Tensors.shift(variance, 1e-5).sqrt());
  }
}
