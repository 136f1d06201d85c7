package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import io.gemoclap.model.blocks.Attention;
import io.gemoclap.model.blocks.Linear;
import io.gemoclap.model.blocks.NamedBlock;
import org.jspecify.annotations.Nullable;

/** Self-attention of a speech encoder's layer: (N, T, hidden) to the same. */
class SpeechAttention extends NamedBlock {
  private final int heads;
  private final double dropout;
  private final Linear key;
  private final Linear value;
  private final Linear query;
  private final Linear output;

  SpeechAttention(SpeechConfig config) {
    heads = config.heads();
    dropout = config.dropout().attention();
    int d = config.hiddenSize();
    key = child("k_proj", new Linear(d, d, Start.FAN_IN));
    value = child("v_proj", new Linear(d, d, Start.FAN_IN));
    query = child("q_proj", new Linear(d, d, Start.FAN_IN));
    output = child("out_proj", new Linear(d, d, Start.FAN_IN));
  }

  /**
   * Attends.
   *
   * @param context what all layers share
   */
  final NDArray forward(NDArray x, AttentionContext context, boolean training) {
    NDArray mixed =
        Attention.attend(
            query.forward(x),
            key.forward(x),
            value.forward(x),
            heads,
            bias(x, context),
            dropout,
            training);
    return output.forward(mixed);
  }

  /** What is added to the scores, or null for nothing. */
  @Nullable NDArray bias(NDArray x, AttentionContext context) {
    return context.padding();
  }
}
