package io.gemoclap.cli.options;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.features.Normalization;

/**
 * What {@code --normalize} means, for every command that has it. Its values are those of {@link
 * Normalization}, and {@code auto} is the default.
 */
public final class NormalizeOption {
  /** The values, as {@code --help} explains them. */
  public static final String VALUES =
      "none, archive, recording (per channel), speaker (of a manifest or --segments), or auto:"
          + " archive, and speaker or else recording, as far as the model was trained for them";

  private NormalizeOption() {}

  /**
   * The same transform with this normalisation.
   *
   * @throws WrongUsageException when the bundle cannot be used with it
   */
  public static AnnotateSpeech apply(AnnotateSpeech annotate, Normalization by) {
    return WrongUsageException.ifRefused(() -> annotate.withNormalization(by));
  }
}
