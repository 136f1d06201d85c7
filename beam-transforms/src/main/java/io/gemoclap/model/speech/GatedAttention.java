package io.gemoclap.model.speech;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.gemoclap.model.blocks.Attention;
import io.gemoclap.model.blocks.Linear;
import io.gemoclap.model.blocks.Tensors;

/**
 * WavLM's self-attention: each frame gates how strongly the bias of relative positions acts on it
 * (Chen et al. 2022, arXiv 2110.13900, section 3.1).
 */
final class GatedAttention extends SpeechAttention {
  private static final int GATES = 2;
  private static final int SUMMANDS = 4;
  private static final int[] LAST = {4};

  private final int heads;
  private final Parameter constant;
  private final Linear linear;

  GatedAttention(SpeechConfig config) {
    super(config);
    heads = config.heads();
    constant = parameter("gru_rel_pos_const", Start.ONES, 1, heads, 1, 1);
    int width = config.hiddenSize() / heads;
    linear = child("gru_rel_pos_linear", new Linear(width, GATES * SUMMANDS, Start.FAN_IN));
  }

  @Override
  NDArray bias(NDArray x, AttentionContext context) {
    NDArray bias = gate(x).mul(context.positions());
    return context.padding() == null ? bias : bias.add(context.padding());
  }

  /** (N, heads, T, 1). */
  private NDArray gate(NDArray x) {
    long n = x.getShape().get(0);
    long length = x.getShape().get(1);
    NDArray summands =
        linear.forward(Attention.split(x, heads)).reshape(n, heads, length, GATES, SUMMANDS);
    NDArray gates = Tensors.sigmoid(summands.sum(LAST));
    NDArray update = gates.get(":, :, :, 0:1");
    NDArray reset = gates.get(":, :, :, 1:2");
    return Tensors.shift(update.mul(Tensors.shift(reset.mul(constant.getArray()), -1)), 2);
  }
}
