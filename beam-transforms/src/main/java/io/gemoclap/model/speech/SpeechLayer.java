package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import io.gemoclap.model.blocks.LayerNorm;
import io.gemoclap.model.blocks.Linear;
import io.gemoclap.model.blocks.NamedBlock;
import io.gemoclap.model.blocks.Tensors;

/**
 * One transformer layer of a speech encoder, (N, T, hidden) to the same: attention and a
 * feed-forward part, normalising their outputs (base models) or their inputs (large models).
 */
final class SpeechLayer extends NamedBlock {
  private final boolean preNorm;
  private final SpeechConfig.Dropout dropout;
  private final SpeechAttention attention;
  private final LayerNorm attentionNorm;
  private final Linear intermediate;
  private final Linear output;
  private final LayerNorm finalNorm;

  SpeechLayer(SpeechConfig config) {
    int d = config.hiddenSize();
    int wide = config.intermediateSize();
    preNorm = config.preNorm();
    dropout = config.dropout();
    attention =
        child(
            "attention",
            config.family() == SpeechFamily.WAVLM
                ? new GatedAttention(config)
                : new SpeechAttention(config));
    attentionNorm = child("layer_norm", new LayerNorm(d, config.epsilon()));
    intermediate = child("feed_forward.intermediate_dense", new Linear(d, wide, Start.FAN_IN));
    output = child("feed_forward.output_dense", new Linear(wide, d, Start.FAN_IN));
    finalNorm = child("final_layer_norm", new LayerNorm(d, config.epsilon()));
  }

  NDArray forward(NDArray x, AttentionContext context, boolean training) {
    if (preNorm) {
      NDArray y = x.add(attend(attentionNorm.forward(x), context, training));
      return y.add(feedForward(finalNorm.forward(y), training));
    }
    NDArray y = attentionNorm.forward(x.add(attend(x, context, training)));
    return finalNorm.forward(y.add(feedForward(y, training)));
  }

  private NDArray attend(NDArray x, AttentionContext context, boolean training) {
    return Tensors.dropout(attention.forward(x, context, training), dropout.hidden(), training);
  }

  private NDArray feedForward(NDArray x, boolean training) {
    NDArray wide = Tensors.gelu(intermediate.forward(x));
    NDArray narrow = output.forward(Tensors.dropout(wide, dropout.activation(), training));
    return Tensors.dropout(narrow, dropout.hidden(), training);
  }
}
