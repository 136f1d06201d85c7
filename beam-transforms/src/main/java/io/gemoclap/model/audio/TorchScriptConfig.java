package io.gemoclap.model.audio;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.blocks.ConfigFields;

/**
 * {@code audio/config.json} beside a traced encoder, {@code audio/model.pt}, for families that have
 * no Java implementation.
 *
 * <p>Unlike all else in a bundle, a traced encoder is a program that PyTorch runs: take it only
 * from where you would take a program.
 *
 * @param modelType {@code torchscript}
 * @param outputSize width of the encoder's frame vectors
 * @param minSamples least number of samples that gives a frame
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record TorchScriptConfig(String modelType, int outputSize, int minSamples) implements AudioConfig {
  static final String KIND = "torchscript";

  /**
   * Reads a config.
   *
   * @throws IllegalArgumentException naming every field that is missing or unfit
   */
  static TorchScriptConfig of(ObjectNode json) {
    ConfigFields fields = new ConfigFields(json);
    fields.require(json.has("output_size"), "output_size is missing");
    TorchScriptConfig config =
        new TorchScriptConfig(
            KIND, fields.integer("output_size", 1, 1), fields.integer("min_samples", 1, 1));
    fields.check("The traced encoder's config.json");
    return config;
  }
}
