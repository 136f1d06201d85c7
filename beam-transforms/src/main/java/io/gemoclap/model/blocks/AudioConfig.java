package io.gemoclap.model.blocks;

/** {@code audio/config.json} of a bundle: which audio encoder, and its shape. Immutable. */
public interface AudioConfig {

  /** The kind of the encoder, as {@code model_type} names it. */
  String modelType();
}
