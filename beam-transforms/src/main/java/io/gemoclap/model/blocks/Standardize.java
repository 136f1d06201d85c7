package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Centres and scales each feature by constants of the training data and clips to ±4 deviations: (…,
 * D) to (…, D). The constants are stored as weights and never trained.
 *
 * @hidden
 */
@Internal
public final class Standardize extends NamedBlock {
  private static final float CLIP = 4;

  private final Parameter mean;
  private final Parameter scale;

  public Standardize(int dims) {
    mean = parameter("mean", Start.ZEROS, dims);
    scale = parameter("scale", Start.ONES, dims);
    mean.freeze(true);
    scale.freeze(true);
  }

  /** Sets the constants: {@code (x − mean) · scale}. */
  public void set(NDManager manager, float[] means, float[] scales) {
    try (NDArray m = Tensors.floats(manager, means, means.length);
        NDArray s = Tensors.floats(manager, scales, scales.length)) {
      Tensors.assign(mean.getArray(), m);
      Tensors.assign(scale.getArray(), s);
    }
  }

  public NDArray forward(NDArray x) {
    NDArray z = x.sub(mean.getArray()).mul(scale.getArray());
    NDArray low = Tensors.full(x.getManager(), -CLIP);
    NDArray high = Tensors.full(x.getManager(), CLIP);
    return z.maximum(low).minimum(high);
  }
}
