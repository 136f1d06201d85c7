package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import io.gemoclap.model.blocks.Conv1d;
import io.gemoclap.model.blocks.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * The positional convolutions of data2vec: several grouped ones in a row, each followed by a layer
 * normalisation without parameters and GELU. Masked in between, so that the end of a padded row
 * sees what the end of an unpadded one does.
 */
final class StackedPositions extends PositionalConvolution {
  private static final double EPSILON = 1e-5;

  private final SpeechConfig.Positions config;
  private final List<Conv1d> layers = new ArrayList<>();

  StackedPositions(SpeechConfig speech) {
    config = speech.positions();
    int d = speech.hiddenSize();
    for (int i = 0; i < config.depth(); i++) {
      layers.add(
          child("layers." + i + ".conv", new Conv1d(d, d, config.kernel(), true, window(config))));
    }
  }

  @Override
  NDArray forward(NDArray x, NDArray mask) {
    return Tensors.scoped(
        () -> {
          NDArray y = x;
          for (Conv1d layer : layers) {
            NDArray convolved = trimmed(layer.forward(y.mul(mask).transpose(0, 2, 1)), config);
            y = Tensors.gelu(Tensors.standardize(convolved.transpose(0, 2, 1), EPSILON));
          }
          return y;
        });
  }
}
