package io.gemoclap.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The fields of Hugging Face's {@code config.json} that shape a RoBERTa encoder.
 *
 * <p>The canonical constructor checks what this implementation relies on.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
record RobertaConfig(
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

  RobertaConfig {
    if (numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
      throw new IllegalArgumentException(
          "hidden_size "
              + hiddenSize
              + " is no multiple of num_attention_heads "
              + numAttentionHeads);
    }
    if (!"gelu".equals(hiddenAct)) {
      throw new IllegalArgumentException("hidden_act must be 'gelu', not '" + hiddenAct + "'");
    }
  }

  /** The longest token sequence, special tokens included. */
  int maxTokens() {
    return maxPositionEmbeddings - padTokenId - 1;
  }

  /**
   * The small encoder that is trained from scratch beside the compact audio tower. Without dropout:
   * before training all sentences are alike to 0.5 %, and dropout's noise would hide the
   * difference.
   */
  static RobertaConfig tiny(int vocabulary) {
    return new RobertaConfig("roberta", vocabulary, 96, 2, 4, 192, 66, 1, 1, 1e-5, 0, 0, "gelu");
  }
}
