package io.gemoclap.model.blocks;

import org.apache.beam.sdk.annotations.Internal;

/**
 * The learned scales ε_a and ε_t of the logits: where they start, and how far they grow.
 *
 * @hidden
 */
@Internal
public final class LogitScale {
  /** Where both scales start. */
  public static final double START = 1 / 0.07;

  /** What both scales are clamped to; from below, to 1. */
  public static final double LARGEST = 100;

  private LogitScale() {}
}
