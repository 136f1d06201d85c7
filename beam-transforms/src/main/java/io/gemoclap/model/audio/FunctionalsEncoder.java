package io.gemoclap.model.audio;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.blocks.AudioEncoder;
import io.gemoclap.model.blocks.Linear;
import io.gemoclap.model.blocks.MaskedPooling;
import io.gemoclap.model.blocks.PaddedBatch;
import io.gemoclap.model.blocks.Standardize;
import io.gemoclap.model.blocks.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The compact tower: statistics over time of a whole segment (one row of {@code
 * features.Functionals}), standardised, through a few ReLU layers.
 *
 * <p>With a corpus of some hundred utterances such statistics beat frame-level networks trained
 * from scratch by far (docs/results.md). Segments of several rows are averaged under the mask.
 *
 * @hidden
 */
@Internal
public final class FunctionalsEncoder extends AudioEncoder {
  public static final String KIND = "functionals";

  private final CompactConfig config;
  private final Standardize standardize;
  private final List<Linear> layers = new ArrayList<>();

  FunctionalsEncoder(CompactConfig config) {
    this.config = config;
    standardize = child("standardize", new Standardize(config.inputSize()));
    for (int i = 0; i < config.numHiddenLayers(); i++) {
      int in = i == 0 ? config.inputSize() : config.hiddenSize();
      layers.add(child("layers." + i, new Linear(in, config.hiddenSize(), Start.FAN_IN)));
    }
  }

  @Override
  public int outputSize() {
    return config.hiddenSize();
  }

  @Override
  public void standardize(NDManager manager, float[] means, float[] scales) {
    standardize.set(manager, means, scales);
  }

  @Override
  public NDArray forward(NDManager manager, List<FeatureMatrix> batch, boolean training) {
    PaddedBatch padded = PaddedBatch.of(manager, batch);
    NDArray z = MaskedPooling.mean(standardize.forward(padded.features()), padded.mask());
    NDArray x = Tensors.dropout(z, config.inputDropout(), training);
    for (Linear layer : layers) {
      x = Tensors.dropout(Tensors.relu(layer.forward(x)), config.hiddenDropout(), training);
    }
    return x;
  }
}
