package io.gemoclap.model;

/** The kinds of audio encoders, by the {@code model_type} of their {@code config.json}. */
final class AudioEncoders {
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
