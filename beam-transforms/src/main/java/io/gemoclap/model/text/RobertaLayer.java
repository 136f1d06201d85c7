package io.gemoclap.model.text;

import ai.djl.ndarray.NDArray;
import io.gemoclap.model.blocks.Attention;
import io.gemoclap.model.blocks.LayerNorm;
import io.gemoclap.model.blocks.Linear;
import io.gemoclap.model.blocks.NamedBlock;
import io.gemoclap.model.blocks.Tensors;

/** One post-norm transformer layer of RoBERTa: (N, T, hidden) to the same. */
final class RobertaLayer extends NamedBlock {
  private final RobertaConfig config;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear attentionOutput;
  private final LayerNorm attentionNorm;
  private final Linear intermediate;
  private final Linear output;
  private final LayerNorm outputNorm;

  RobertaLayer(RobertaConfig config) {
    this.config = config;
    int d = config.hiddenSize();
    int wide = config.intermediateSize();
    query = child("attention.self.query", new Linear(d, d, Start.FAN_IN));
    key = child("attention.self.key", new Linear(d, d, Start.FAN_IN));
    value = child("attention.self.value", new Linear(d, d, Start.FAN_IN));
    attentionOutput = child("attention.output.dense", new Linear(d, d, Start.FAN_IN));
    attentionNorm = child("attention.output.LayerNorm", new LayerNorm(d, config.layerNormEps()));
    intermediate = child("intermediate.dense", new Linear(d, wide, Start.FAN_IN));
    output = child("output.dense", new Linear(wide, d, Start.FAN_IN));
    outputNorm = child("output.LayerNorm", new LayerNorm(d, config.layerNormEps()));
  }

  NDArray forward(NDArray x, NDArray mask, boolean training) {
    double dropout = config.hiddenDropoutProb();
    NDArray attended = attentionOutput.forward(attend(x, mask, training));
    NDArray mixed = attentionNorm.forward(Tensors.dropout(attended, dropout, training).add(x));
    NDArray wide = output.forward(Tensors.gelu(intermediate.forward(mixed)));
    return outputNorm.forward(Tensors.dropout(wide, dropout, training).add(mixed));
  }

  private NDArray attend(NDArray x, NDArray mask, boolean training) {
    return Attention.attend(
        query.forward(x),
        key.forward(x),
        value.forward(x),
        config.numAttentionHeads(),
        mask,
        config.attentionProbsDropoutProb(),
        training);
  }
}
