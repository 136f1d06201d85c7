package io.gemoclap.model.audio;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.blocks.AudioEncoder;
import io.gemoclap.model.blocks.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A traced encoder as an audio tower: it is given each waveform alone, (1, samples), and answers
 * with frame vectors (1, frames, output size), which are averaged over time. Frozen: it has no
 * parameters, and no gradient flows through it.
 *
 * @hidden
 */
@Internal
public final class TorchScriptEncoder extends AudioEncoder {
  private final TorchScriptConfig config;
  private @Nullable Model model;

  TorchScriptEncoder(TorchScriptConfig config) {
    this.config = config;
  }

  /**
   * Loads the module.
   *
   * @param manager closes the module when it is closed itself
   * @throws IOException when the file is not a TorchScript module
   */
  public void load(NDManager manager, Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.pt$", "");
    Model loading = Model.newInstance(name, manager.getDevice(), "PyTorch");
    try {
      loading.load(file.getParent(), name);
    } catch (IOException | MalformedModelException | RuntimeException e) {
      loading.close();
      throw new IOException(file + " is not a TorchScript module that can be loaded", e);
    }
    manager.attachInternal(UUID.randomUUID().toString(), loading);
    model = loading;
  }

  @Override
  public int outputSize() {
    return config.outputSize();
  }

  @Override
  public NDArray forward(NDManager manager, List<FeatureMatrix> batch, boolean training) {
    try (var off = Tensors.noGradient()) {
      NDArray[] rows =
          batch.stream()
              .map(row -> Tensors.scoped(() -> encode(manager, row)))
              .toArray(NDArray[]::new);
      return Tensors.concat(0, rows);
    }
  }

  private NDArray encode(NDManager manager, FeatureMatrix waveform) {
    if (model == null) {
      throw new IllegalStateException("The traced encoder has no module; call load first");
    }
    int samples = waveform.frames();
    if (samples < config.minSamples() || waveform.dims() != 1) {
      throw new IllegalArgumentException(
          "A waveform needs one column and at least "
              + config.minSamples()
              + " samples, not "
              + waveform.dims()
              + " and "
              + samples);
    }
    NDArray input = Tensors.floats(manager, waveform.values(), 1, samples);
    NDArray frames =
        model
            .getBlock()
            .forward(new ParameterStore(manager, false), new NDList(input), false)
            .singletonOrThrow();
    long[] shape = frames.getShape().getShape();
    if (shape.length != 3 || shape[0] != 1 || shape[2] != config.outputSize()) {
      throw new IllegalStateException(
          "The traced encoder returned "
              + frames.getShape()
              + " instead of (1, frames, "
              + config.outputSize()
              + ")");
    }
    // What a module gives away cannot be used in a graph; a copy can.
    return frames.duplicate().mean(new int[] {1});
  }
}
