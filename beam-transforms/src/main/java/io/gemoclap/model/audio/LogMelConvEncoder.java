package io.gemoclap.model.audio;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.blocks.AudioEncoder;
import io.gemoclap.model.blocks.Conv1d;
import io.gemoclap.model.blocks.MaskedPooling;
import io.gemoclap.model.blocks.PaddedBatch;
import io.gemoclap.model.blocks.Standardize;
import io.gemoclap.model.blocks.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Dilated convolutions over log-mel frames, mean and standard deviation over time.
 *
 * <p>Layer {@code i} has kernel 5 and dilation 2^i; every layer's output is masked before the next,
 * so that the zero padding of a short segment in a batch equals the zero padding at its own end.
 * Trains from scratch on a CPU.
 *
 * @hidden
 */
@Internal
public final class LogMelConvEncoder extends AudioEncoder {
  public static final String KIND = "logmel-conv";
  private static final int KERNEL = 5;

  private final CompactConfig config;
  private final Standardize standardize;
  private final List<Conv1d> layers = new ArrayList<>();

  LogMelConvEncoder(CompactConfig config) {
    this.config = config;
    standardize = child("standardize", new Standardize(config.inputSize()));
    for (int i = 0; i < config.numHiddenLayers(); i++) {
      int in = i == 0 ? config.inputSize() : config.hiddenSize();
      layers.add(child("layers." + i, dilated(in, config.hiddenSize(), 1L << i)));
    }
  }

  private static Conv1d dilated(int in, int out, long dilation) {
    long padding = dilation * (KERNEL / 2);
    return new Conv1d(in, out, KERNEL, true, new Conv1d.Window(1, padding, dilation, 1));
  }

  @Override
  public int outputSize() {
    return 2 * config.hiddenSize();
  }

  @Override
  public void standardize(NDManager manager, float[] means, float[] scales) {
    standardize.set(manager, means, scales);
  }

  @Override
  public NDArray forward(NDManager manager, List<FeatureMatrix> batch, boolean training) {
    PaddedBatch padded = PaddedBatch.of(manager, batch);
    NDArray mask = padded.mask();
    NDArray channelMask = mask.transpose(0, 2, 1);
    NDArray z = standardize.forward(padded.features()).mul(mask);
    NDArray x = Tensors.dropout(z, config.inputDropout(), training).transpose(0, 2, 1);
    for (int i = 0; i < layers.size(); i++) {
      NDArray next = Tensors.relu(layers.get(i).forward(x)).mul(channelMask);
      next = Tensors.dropout(next, config.hiddenDropout(), training);
      x = i == 0 ? next : next.add(x);
    }
    return MaskedPooling.meanAndDeviation(x.transpose(0, 2, 1), mask);
  }
}
