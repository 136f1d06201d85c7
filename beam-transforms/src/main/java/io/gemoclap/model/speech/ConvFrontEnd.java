package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.blocks.Conv1d;
import io.gemoclap.model.blocks.InstanceNorm;
import io.gemoclap.model.blocks.LayerNorm;
import io.gemoclap.model.blocks.NamedBlock;
import io.gemoclap.model.blocks.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Strided convolutions over the waveform: samples of a batch to frames (N, T, C), zero where
 * padded. Hugging Face's {@code feature_extractor}.
 *
 * <p>Goes through the batch row by row, each at its own length. So group normalisation sees no
 * padding, no time is spent on padding, and the widest tensors are in memory for one row only.
 */
final class ConvFrontEnd extends NamedBlock {
  private final SpeechConfig.FrontEnd config;
  private final List<Layer> layers = new ArrayList<>();

  ConvFrontEnd(SpeechConfig.FrontEnd config) {
    this.config = config;
    for (int i = 0; i < config.dims().size(); i++) {
      layers.add(child("conv_layers." + i, new Layer(config, i)));
    }
  }

  /**
   * Convolves a batch.
   *
   * @throws IllegalArgumentException for a segment that is too short to give a frame
   */
  NDArray forward(NDManager manager, List<FeatureMatrix> batch) {
    int longest = batch.stream().mapToInt(row -> config.frames(row.frames())).max().orElseThrow();
    return Tensors.scoped(
        () ->
            Tensors.concat(
                0, batch.stream().map(row -> row(manager, row, longest)).toArray(NDArray[]::new)));
  }

  private NDArray row(NDManager manager, FeatureMatrix waveform, int longest) {
    int samples = waveform.frames();
    int frames = config.frames(samples);
    if (frames == 0 || waveform.dims() != 1) {
      throw new IllegalArgumentException(
          "A waveform needs one column and at least "
              + config.receptiveField()
              + " samples, not "
              + waveform.dims()
              + " and "
              + samples);
    }
    return Tensors.scoped(
        () -> {
          NDArray x = Tensors.floats(manager, waveform.values(), 1, 1, samples);
          for (Layer layer : layers) {
            NDArray in = x;
            x = Tensors.scoped(() -> layer.forward(in));
            in.close();
          }
          NDArray rows = x.transpose(0, 2, 1);
          Shape padding = new Shape(1, longest - frames, x.getShape().get(1));
          return frames == longest
              ? rows
              : Tensors.concat(1, rows, manager.zeros(padding, DataType.FLOAT32));
        });
  }

  /** Convolution, normalisation if any, GELU: (1, C, T) to (1, C', T'). */
  private static final class Layer extends NamedBlock {
    private static final double EPSILON = 1e-5;

    private final Conv1d conv;
    private final @Nullable InstanceNorm instanceNorm;
    private final @Nullable LayerNorm layerNorm;

    Layer(SpeechConfig.FrontEnd config, int i) {
      int in = i == 0 ? 1 : config.dims().get(i - 1);
      int out = config.dims().get(i);
      Conv1d.Window window = Conv1d.Window.striding(config.strides().get(i));
      conv = child("conv", new Conv1d(in, out, config.kernels().get(i), config.biased(), window));
      layerNorm = config.layerNorm() ? child("layer_norm", new LayerNorm(out, EPSILON)) : null;
      instanceNorm =
          i == 0 && !config.layerNorm()
              ? child("layer_norm", new InstanceNorm(out, EPSILON))
              : null;
    }

    NDArray forward(NDArray x) {
      NDArray y = conv.forward(x);
      if (layerNorm != null) {
        y = layerNorm.forward(y.transpose(0, 2, 1)).transpose(0, 2, 1);
      } else if (instanceNorm != null) {
        y = instanceNorm.forward(y);
      }
      return Tensors.gelu(y);
    }
  }
}
