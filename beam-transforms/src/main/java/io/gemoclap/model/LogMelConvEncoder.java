package io.gemoclap.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Dilated convolutions over log-mel frames, mean and standard deviation over time.
 *
 * <p>Layer {@code i} has kernel 5 and dilation 2^i; every layer's output is masked before the next,
 * so that the zero padding of a short segment in a batch equals the zero padding at its own end.
 * Trains from scratch on a CPU.
 */
final class LogMelConvEncoder extends AudioEncoder {
  static final String KIND = "logmel-conv";
  private static final int KERNEL = 5;

  private final AudioConfig config;
  private final Standardize standardize;
  private final List<Conv> layers = new ArrayList<>();

  LogMelConvEncoder(AudioConfig config) {
    this.config = config;
    standardize = child("standardize", new Standardize(config.inputSize()));
    for (int i = 0; i < config.numHiddenLayers(); i++) {
      int in = i == 0 ? config.inputSize() : config.hiddenSize();
      layers.add(child("layers." + i, new Conv(in, config.hiddenSize(), 1L << i)));
    }
  }

  @Override
  int outputSize() {
    return 2 * config.hiddenSize();
  }

  @Override
  Standardize standardize() {
    return standardize;
  }

  @Override
  NDArray forward(NDArray features, NDArray mask, boolean training) {
    NDArray channelMask = mask.transpose(0, 2, 1);
    NDArray z = standardize.forward(features).mul(mask);
    NDArray x = Tensors.dropout(z, config.inputDropout(), training).transpose(0, 2, 1);
    for (int i = 0; i < layers.size(); i++) {
      NDArray next = Tensors.relu(layers.get(i).forward(x)).mul(channelMask);
      next = Tensors.dropout(next, config.hiddenDropout(), training);
      x = i == 0 ? next : next.add(x);
    }
    return MaskedPooling.meanAndDeviation(x.transpose(0, 2, 1), mask);
  }

  /** One dilated convolution, (N, in, T) to (N, out, T). */
  private static final class Conv extends NamedBlock {
    private final Parameter weight;
    private final Parameter bias;
    private final long dilation;

    Conv(int in, int out, long dilation) {
      weight = parameter("weight", Start.FAN_IN, out, in, KERNEL);
      bias = parameter("bias", Start.ZEROS, out);
      this.dilation = dilation;
    }

    NDArray forward(NDArray x) {
      long padding = dilation * (KERNEL / 2);
      return Tensors.conv1d(x, weight.getArray(), bias.getArray(), padding, dilation);
    }
  }
}
