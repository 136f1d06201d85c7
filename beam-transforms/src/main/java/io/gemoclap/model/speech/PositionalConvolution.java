package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import io.gemoclap.model.blocks.Conv1d;
import io.gemoclap.model.blocks.NamedBlock;

/**
 * Relative positions from convolutions over neighbouring frames: (N, T, hidden) to the same.
 *
 * <p>Takes frames that are zero where padded, and gives the same real frames whatever the padding.
 */
abstract class PositionalConvolution extends NamedBlock {

  /** The kind that a config selects. */
  static PositionalConvolution of(SpeechConfig config) {
    return config.family() == SpeechFamily.DATA2VEC_AUDIO
        ? new StackedPositions(config)
        : new WeightNormPositions(config);
  }

  /**
   * Convolves.
   *
   * @param mask (N, T, 1), 1 for real frames and 0 for padding
   */
  abstract NDArray forward(NDArray x, NDArray mask);

  /** Same-length convolution, up to one frame too long for an even kernel. */
  static Conv1d.Window window(SpeechConfig.Positions config) {
    return new Conv1d.Window(1, config.kernel() / 2, 1, config.groups());
  }

  /** Cuts the extra frame of an even kernel off (N, C, T). */
  static NDArray trimmed(NDArray x, SpeechConfig.Positions config) {
    return config.kernel() % 2 == 0 ? x.get(":, :, :-1") : x;
  }
}
