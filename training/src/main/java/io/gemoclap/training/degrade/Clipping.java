package io.gemoclap.training.degrade;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * An overdriven microphone: the loudest samples are cut to the level below them.
 *
 * @param share of the samples that are cut, 0 to 1
 */
record Clipping(double share) implements Effect {
  @Override
  public float[] apply(
      float[] samples, int rate, SplittableRandom archive, SplittableRandom recording) {
    float[] sorted = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      sorted[i] = Math.abs(samples[i]);
    }
    Arrays.sort(sorted);
    int place = (int) ((1 - share) * (samples.length - 1));
    float limit = samples.length == 0 ? 0 : sorted[place];
    float[] changed = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      changed[i] = Math.max(-limit, Math.min(limit, samples[i]));
    }
    return changed;
  }
}
