package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import io.gemoclap.model.blocks.LayerNorm;
import io.gemoclap.model.blocks.Linear;
import io.gemoclap.model.blocks.NamedBlock;
import io.gemoclap.model.blocks.Tensors;
import org.jspecify.annotations.Nullable;

/** Layer normalisation, if the config has it, and a projection: (N, T, C) to (N, T, hidden). */
final class FeatureProjection extends NamedBlock {
  private final @Nullable LayerNorm norm;
  private final Linear projection;
  private final double dropout;

  FeatureProjection(SpeechConfig config) {
    int in = config.frontEnd().dims().get(config.frontEnd().dims().size() - 1);
    norm =
        config.frontEnd().projectionNorm()
            ? child("layer_norm", new LayerNorm(in, config.epsilon()))
            : null;
    projection = child("projection", new Linear(in, config.hiddenSize(), Start.FAN_IN));
    dropout = config.dropout().projection();
  }

  NDArray forward(NDArray x, boolean training) {
    NDArray normal = norm == null ? x : norm.forward(x);
    return Tensors.dropout(projection.forward(normal), dropout, training);
  }
}
