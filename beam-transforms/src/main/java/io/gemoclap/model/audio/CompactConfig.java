package io.gemoclap.model.audio;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.model.blocks.AudioConfig;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * {@code audio/config.json} of the compact encoders, which are trained from scratch.
 *
 * @param modelType {@code functionals} or {@code logmel-conv}
 * @param inputSize columns of the features; the matrix has twice as many with a voice branch
 * @param hiddenSize width of the hidden layers
 * @param numHiddenLayers depth
 * @param inputDropout dropout rate of the standardised features, [0, 1)
 * @param hiddenDropout dropout rate after each hidden layer, [0, 1)
 * @param voiceSize width of the hidden layer of the voice branch, which is of the kind {@code
 *     functionals}; 0 for no such branch
 * @hidden
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@Internal
public record CompactConfig(
    String modelType,
    int inputSize,
    int hiddenSize,
    int numHiddenLayers,
    double inputDropout,
    double hiddenDropout,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int voiceSize)
    implements AudioConfig {

  private static final int MOST_LAYERS = 1_000;

  /** Without a voice branch. */
  public CompactConfig(
      String modelType,
      int inputSize,
      int hiddenSize,
      int numHiddenLayers,
      double inputDropout,
      double hiddenDropout) {
    this(modelType, inputSize, hiddenSize, numHiddenLayers, inputDropout, hiddenDropout, 0);
  }

  @Override
  public @Nullable AudioConfig voice() {
    return voiceSize == 0
        ? null
        : new CompactConfig(
            FunctionalsEncoder.KIND, inputSize, voiceSize, 1, inputDropout, hiddenDropout);
  }

  /** Checks sizes and rates. */
  public CompactConfig {
    if (modelType == null
        || inputSize < 1
        || hiddenSize < 1
        || numHiddenLayers < 1
        || voiceSize < 0) {
      throw new IllegalArgumentException(
          "An audio encoder needs a model_type and sizes of at least 1");
    }
    if (numHiddenLayers > MOST_LAYERS) {
      throw new IllegalArgumentException(
          "An audio encoder has at most " + MOST_LAYERS + " layers, not " + numHiddenLayers);
    }
    if (!(inputDropout >= 0 && inputDropout < 1 && hiddenDropout >= 0 && hiddenDropout < 1)) {
      throw new IllegalArgumentException("Dropout rates must be in [0, 1)");
    }
  }
}
