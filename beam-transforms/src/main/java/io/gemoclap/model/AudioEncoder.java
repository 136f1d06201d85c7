package io.gemoclap.model;

import ai.djl.ndarray.NDArray;

/**
 * An audio tower below its projection head: features of a batch of segments to one vector each.
 *
 * <p>An implementation must mask padding everywhere: a segment's vector may not depend on its
 * neighbours. A further kind is one subclass and one line in {@link AudioEncoders}.
 */
abstract class AudioEncoder extends NamedBlock {

  /** Size of the vector that {@link #forward} gives for each segment. */
  abstract int outputSize();

  /** The block that holds the training data's feature means and scales. */
  abstract Standardize standardize();

  /**
   * Encodes a padded batch.
   *
   * @param features (N, T, D), zero where padded
   * @param mask (N, T, 1), 1 for real frames and 0 for padding; every row has a real frame
   * @return (N, {@link #outputSize()})
   */
  abstract NDArray forward(NDArray features, NDArray mask, boolean training);
}
