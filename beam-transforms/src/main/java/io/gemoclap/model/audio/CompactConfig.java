package io.gemoclap.model.audio;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.model.blocks.AudioConfig;
import org.apache.beam.sdk.annotations.Internal;

/**
 * {@code audio/config.json} of the compact encoders, which are trained from scratch.
 *
 * @param modelType {@code functionals} or {@code logmel-conv}
 * @param inputSize columns of the feature matrix
 * @param hiddenSize width of the hidden layers
 * @param numHiddenLayers depth
 * @param inputDropout dropout rate of the standardised features, [0, 1)
 * @param hiddenDropout dropout rate after each hidden layer, [0, 1)
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
    double hiddenDropout)
    implements AudioConfig {

  private static final int MOST_LAYERS = 1_000;

  /** Checks sizes and rates. */
  public CompactConfig {
    if (modelType == null || inputSize < 1 || hiddenSize < 1 || numHiddenLayers < 1) {
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
