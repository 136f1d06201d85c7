package io.gemoclap.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code audio/config.json} of a bundle: which audio encoder, and its shape. Immutable; Jackson
 * reads and writes it.
 */
public sealed interface AudioConfig permits CompactConfig, SpeechConfig, TorchScriptConfig {

  /** The kind of the encoder, as {@code model_type} names it. */
  String modelType();

  /**
   * The config in a parsed {@code config.json}.
   *
   * @throws IllegalArgumentException naming every value that is missing or not supported
   */
  @JsonCreator
  static AudioConfig of(ObjectNode json) {
    String type = json.path("model_type").asText();
    if (SpeechFamily.of(type).isPresent()) {
      return SpeechConfig.of(json);
    }
    if (type.equals(TorchScriptConfig.KIND)) {
      return TorchScriptConfig.of(json);
    }
    return new ObjectMapper().convertValue(json, CompactConfig.class);
  }
}
