package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.gemoclap.model.blocks.Tensors;

/**
 * One grouped convolution whose weight is a direction and a length for each place in the kernel
 * (weight normalisation, Salimans and Kingma 2016), then GELU.
 */
final class WeightNormPositions extends PositionalConvolution {
  private static final int[] CHANNELS = {0, 1};

  private final SpeechConfig.Positions config;
  private final Parameter bias;
  private final Parameter length;
  private final Parameter direction;

  WeightNormPositions(SpeechConfig speech) {
    config = speech.positions();
    int d = speech.hiddenSize();
    int kernel = config.kernel();
    bias = parameter("conv.bias", Start.ZEROS, d);
    length = parameter("conv.parametrizations.weight.original0", Start.ONES, 1, 1, kernel);
    direction =
        parameter(
            "conv.parametrizations.weight.original1", Start.FAN_IN, d, d / config.groups(), kernel);
  }

  @Override
  NDArray forward(NDArray x, NDArray mask) {
    return Tensors.scoped(
        () -> {
          NDArray v = direction.getArray();
          NDArray norm = v.mul(v).sum(CHANNELS, true).sqrt();
          NDArray weight = v.mul(length.getArray().div(norm));
          NDArray y = Tensors.conv1d(x.transpose(0, 2, 1), weight, bias.getArray(), window(config));
          return Tensors.gelu(trimmed(y, config)).transpose(0, 2, 1);
        });
  }
}
