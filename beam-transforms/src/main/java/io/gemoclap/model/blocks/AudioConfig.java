package io.gemoclap.model.blocks;

import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * {@code audio/config.json} of a bundle: which audio encoder, and its shape. Immutable.
 *
 * @hidden
 */
@Internal
public interface AudioConfig {

  /** The kind of the encoder, as {@code model_type} names it. */
  String modelType();

  /**
   * The encoder of a second branch, which sees features that are standardised by the training
   * corpus alone, and so how the voice sounds in absolute terms; null for none.
   */
  default @Nullable AudioConfig voice() {
    return null;
  }
}
