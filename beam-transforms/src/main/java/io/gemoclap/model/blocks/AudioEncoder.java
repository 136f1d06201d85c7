package io.gemoclap.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * An audio tower below its projection head: features of a batch of segments to one vector each.
 *
 * <p>A segment's vector may not depend on its neighbours: an implementation masks padding
 * everywhere, or does not pad. A further kind is one subclass and one line in {@code
 * AudioEncoders}.
 *
 * @hidden
 */
@Internal
public abstract class AudioEncoder extends NamedBlock {

  /** Size of the vector that {@link #forward} gives for each segment. */
  public abstract int outputSize();

  /**
   * Sets the constants by which feature columns are standardised. Does nothing in encoders whose
   * features come standardised.
   */
  public void standardize(NDManager manager, float[] means, float[] scales) {}

  /**
   * Encodes a batch.
   *
   * @param manager owns every tensor of the pass
   * @param batch at least one matrix of the model's feature spec, each with at least one frame
   * @param training whether to drop out and to mask at random, as {@code TorchEngine.seed} decides
   * @return (N, {@link #outputSize()})
   */
  public abstract NDArray forward(NDManager manager, List<FeatureMatrix> batch, boolean training);
}
