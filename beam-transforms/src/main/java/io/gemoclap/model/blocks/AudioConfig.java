package io.gemoclap.model.blocks;

import org.apache.beam.sdk.annotations.Internal;

/**
 * {@code audio/config.json} of a bundle: which audio encoder, and its shape. Immutable.
 *
 * @hidden
 */
@Internal
public interface AudioConfig {

  /** The kind of the encoder, as {@code model_type} names it. */
  String modelType();
}
