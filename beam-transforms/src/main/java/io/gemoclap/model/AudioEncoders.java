package io.gemoclap.model;

import java.util.List;

/** The kinds of audio encoders, by the {@code model_type} of their {@code config.json}. */
final class AudioEncoders {
  /** Trained from scratch over features, and known only to this library. */
  static final List<String> COMPACT = List.of(FunctionalsEncoder.KIND, LogMelConvEncoder.KIND);

  /** All kinds. */
  static final List<String> KINDS = COMPACT;

  private AudioEncoders() {}

  /**
   * Builds an encoder without weights.
   *
   * @throws IllegalArgumentException for an unknown kind, naming the known ones
   */
  static AudioEncoder create(AudioConfig config) {
    return switch (config.modelType()) {
      case FunctionalsEncoder.KIND -> new FunctionalsEncoder(config);
      case LogMelConvEncoder.KIND -> new LogMelConvEncoder(config);
      default ->
          throw new IllegalArgumentException(
              "Unknown audio encoder '"
                  + config.modelType()
                  + "'; known: "
                  + FunctionalsEncoder.KIND
                  + ", "
                  + LogMelConvEncoder.KIND);
    };
  }
}
