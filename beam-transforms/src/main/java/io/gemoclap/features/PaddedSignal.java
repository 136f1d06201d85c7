package io.gemoclap.features;

import java.util.Arrays;

/** A copy of a segment with room on both sides, so that every frame lies inside an array. */
final class PaddedSignal {
  private final int padding;
  private final boolean mirrored;
  private float[] padded = new float[0];

  /**
   * Room of {@code padding} samples on each side, filled with the signal mirrored at its first and
   * last sample, or else with zeros.
   */
  PaddedSignal(int padding, boolean mirrored) {
    this.padding = padding;
    this.mirrored = mirrored;
  }

  /** The padded signal in a reused array, which may be longer: sample 0 follows the padding. */
  float[] of(float[] samples) {
    int length = samples.length;
    if (padded.length < length + 2 * padding) {
      padded = new float[length + 2 * padding];
    }
    System.arraycopy(samples, 0, padded, padding, length);
    if (mirrored) {
      for (int i = 1; i <= padding; i++) {
        padded[padding - i] = samples[i];
        padded[padding + length - 1 + i] = samples[length - 1 - i];
      }
    } else {
      Arrays.fill(padded, 0, padding, 0f);
      Arrays.fill(padded, padding + length, padding + length + padding, 0f);
    }
    return padded;
  }
}
