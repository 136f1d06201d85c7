package io.gemoclap.model.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gemoclap.model.blocks.Attention;
import io.gemoclap.model.blocks.Embedding;
import io.gemoclap.model.blocks.LayerNorm;
import io.gemoclap.model.blocks.NamedBlock;
import io.gemoclap.model.blocks.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.annotations.Internal;

/**
 * RoBERTa (Liu et al. 2019) and XLM-RoBERTa (Conneau et al. 2020) with the parameter names of
 * Hugging Face's base model without its pooler: token ids (N, T) to the vector of the first token,
 * (N, hidden).
 *
 * <p>Post-norm transformer layers with learned positions that start at {@code pad_token_id + 1}.
 * Padded positions are masked out of every attention, so a sentence's vector does not depend on its
 * neighbours.
 *
 * @hidden
 */
@Internal
public final class RobertaEncoder extends NamedBlock {
  private final RobertaConfig config;
  private final Embedding words;
  private final Embedding positions;
  private final Embedding tokenTypes;
  private final LayerNorm norm;
  private final List<RobertaLayer> layers = new ArrayList<>();

  public RobertaEncoder(RobertaConfig config) {
    this.config = config;
    int d = config.hiddenSize();
    words = child("embeddings.word_embeddings", new Embedding(config.vocabSize(), d));
    positions =
        child("embeddings.position_embeddings", new Embedding(config.maxPositionEmbeddings(), d));
    tokenTypes =
        child("embeddings.token_type_embeddings", new Embedding(config.typeVocabSize(), d));
    norm = child("embeddings.LayerNorm", new LayerNorm(d, config.layerNormEps()));
    for (int i = 0; i < config.numHiddenLayers(); i++) {
      layers.add(child("encoder.layer." + i, new RobertaLayer(config)));
    }
  }

  public NDArray forward(NDManager manager, TokenBatch batch, boolean training) {
    return encode(manager, batch, training, state -> {}).get(":, 0");
  }

  /**
   * Token vectors of the last layer, (N, T, hidden).
   *
   * @param visitor is shown the embeddings and the output of every layer, which it must not keep
   */
  NDArray encode(NDManager manager, TokenBatch batch, boolean training, Consumer<NDArray> visitor) {
    NDArray mask =
        Tensors.floats(
            manager, batch.mask(0, Attention.MASKED), batch.size(), 1, 1, batch.length());
    NDArray x = Tensors.scoped(() -> embed(manager, batch, training));
    visitor.accept(x);
    for (RobertaLayer layer : layers) {
      NDArray in = x;
      x = Tensors.scoped(() -> layer.forward(in, mask, training));
      in.close();
      visitor.accept(x);
    }
    return x;
  }

  private NDArray embed(NDManager manager, TokenBatch batch, boolean training) {
    int n = batch.size();
    int length = batch.length();
    NDArray ids = Tensors.longs(manager, batch.ids(), n, length);
    NDArray places = Tensors.longs(manager, batch.positions(config.padTokenId()), n, length);
    NDArray types = Tensors.longs(manager, new long[n * length], n, length);
    NDArray x = words.forward(ids).add(tokenTypes.forward(types)).add(positions.forward(places));
    return Tensors.dropout(norm.forward(x), config.hiddenDropoutProb(), training);
  }
}
