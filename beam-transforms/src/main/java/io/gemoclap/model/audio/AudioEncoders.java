package io.gemoclap.model.audio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.blocks.AudioEncoder;
import io.gemoclap.model.speech.SpeechConfig;
import io.gemoclap.model.speech.SpeechEncoder;
import io.gemoclap.model.speech.SpeechFamily;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The kinds of audio encoders, by the {@code model_type} of their {@code config.json}.
 *
 * @hidden
 */
@Internal
public final class AudioEncoders {
  /** Trained from scratch over features, and known only to this library. */
  public static final List<String> COMPACT =
      List.of(FunctionalsEncoder.KIND, LogMelConvEncoder.KIND);

  /** All kinds. */
  public static final List<String> KINDS =
      Stream.of(COMPACT, SpeechFamily.names(), List.of(TorchScriptConfig.KIND))
          .flatMap(List::stream)
          .toList();

  private AudioEncoders() {}

  /**
   * Reads a parsed {@code audio/config.json}.
   *
   * @throws IllegalArgumentException naming every value that is missing or not supported
   */
  public static AudioConfig config(JsonNode json) {
    String type = json.path("model_type").asText();
    if (SpeechFamily.of(type).isPresent()) {
      return SpeechConfig.of((ObjectNode) json);
    }
    if (type.equals(TorchScriptConfig.KIND)) {
      return TorchScriptConfig.of((ObjectNode) json);
    }
    return new ObjectMapper().convertValue(json, CompactConfig.class);
  }

  /**
   * Builds an encoder without weights.
   *
   * @throws IllegalArgumentException for an unknown kind, naming the known ones
   */
  public static AudioEncoder create(AudioConfig config) {
    if (config instanceof SpeechConfig speech) {
      return new SpeechEncoder(speech);
    }
    if (config instanceof TorchScriptConfig traced) {
      return new TorchScriptEncoder(traced);
    }
    CompactConfig compact = (CompactConfig) config;
    return switch (compact.modelType()) {
      case FunctionalsEncoder.KIND -> new FunctionalsEncoder(compact);
      case LogMelConvEncoder.KIND -> new LogMelConvEncoder(compact);
      default ->
          throw new IllegalArgumentException(
              "Unknown audio encoder '"
                  + config.modelType()
                  + "'; known: "
                  + String.join(", ", KINDS));
    };
  }
}
