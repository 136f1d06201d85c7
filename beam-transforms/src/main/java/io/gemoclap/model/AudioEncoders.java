package io.gemoclap.model;

import java.util.List;
import java.util.stream.Stream;

/** The kinds of audio encoders, by the {@code model_type} of their {@code config.json}. */
final class AudioEncoders {
  /** Trained from scratch over features, and known only to this library. */
  static final List<String> COMPACT = List.of(FunctionalsEncoder.KIND, LogMelConvEncoder.KIND);

  /** All kinds. */
  static final List<String> KINDS =
      Stream.of(COMPACT, SpeechFamily.names(), List.of(TorchScriptConfig.KIND))
          .flatMap(List::stream)
          .toList();

  private AudioEncoders() {}

  /**
   * Builds an encoder without weights.
   *
   * @throws IllegalArgumentException for an unknown kind, naming the known ones
   */
  static AudioEncoder create(AudioConfig config) {
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
