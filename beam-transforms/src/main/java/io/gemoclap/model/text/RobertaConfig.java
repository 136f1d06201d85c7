package io.gemoclap.model.text;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.blocks.ConfigFields;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The fields of Hugging Face's {@code config.json} that shape a RoBERTa or XLM-RoBERTa encoder.
 * Defaults are those of transformers. Jackson reads and writes it.
 *
 * @hidden
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Internal
public record RobertaConfig(
    String modelType,
    int vocabSize,
    int hiddenSize,
    int numHiddenLayers,
    int numAttentionHeads,
    int intermediateSize,
    int maxPositionEmbeddings,
    int typeVocabSize,
    int padTokenId,
    double layerNormEps,
    double hiddenDropoutProb,
    double attentionProbsDropoutProb,
    String hiddenAct) {
  /** The families of text encoders. */
  public static final List<String> KINDS = List.of("roberta", "xlm-roberta");

  /**
   * The config in a parsed {@code config.json}.
   *
   * @throws IllegalArgumentException naming every value that is not supported
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static RobertaConfig of(ObjectNode json) {
    ConfigFields fields = new ConfigFields(json);
    RobertaConfig config =
        new RobertaConfig(
            fields.word("model_type", "", KINDS),
            fields.integer("vocab_size", 50_265, 1),
            fields.integer("hidden_size", 768, 1),
            fields.layers("num_hidden_layers", 12),
            fields.integer("num_attention_heads", 12, 1),
            fields.integer("intermediate_size", 3072, 1),
            fields.integer("max_position_embeddings", 512, 1),
            fields.integer("type_vocab_size", 2, 1),
            fields.integer("pad_token_id", 1, 0),
            fields.probability("layer_norm_eps", 1e-12),
            fields.probability("hidden_dropout_prob", 0.1),
            fields.probability("attention_probs_dropout_prob", 0.1),
            fields.word("hidden_act", "gelu", List.of("gelu")));
    fields.word("position_embedding_type", "absolute", List.of("absolute"));
    fields.require(
        !fields.flag("is_decoder", false), "is_decoder is true; only encoders are supported");
    fields.require(
        config.hiddenSize % config.numAttentionHeads == 0,
        "hidden_size "
            + config.hiddenSize
            + " is no multiple of num_attention_heads "
            + config.numAttentionHeads);
    fields.require(
        config.padTokenId < config.vocabSize,
        "pad_token_id " + config.padTokenId + " is not below vocab_size " + config.vocabSize);
    fields.require(
        config.maxTokens() > 2,
        "max_position_embeddings " + config.maxPositionEmbeddings + " leaves no room for a token");
    fields.check("The text encoder's config.json");
    return config;
  }

  /** The longest token sequence, special tokens included. */
  int maxTokens() {
    return maxPositionEmbeddings - padTokenId - 1;
  }

  /**
   * The small encoder that is trained from scratch with the compact audio tower. Without dropout:
   * before training all sentences are alike to 0.5 %, and dropout's noise would hide the
   * difference.
   */
  public static RobertaConfig tiny(int vocabulary) {
    return new RobertaConfig("roberta", vocabulary, 96, 2, 4, 192, 66, 1, 1, 1e-5, 0, 0, "gelu");
  }
}
