package io.gemoclap.training.degrade;

import java.util.SplittableRandom;

/**
 * Another recording level, in steps of 16-bit samples. What exceeds full scale is clipped.
 *
 * @param lowest gain in dB
 * @param highest likewise; one archive has one gain
 */
record Level(double lowest, double highest) implements Effect {
  private static final double STEPS = 32_768;

  @Override
  public float[] apply(
      float[] samples, int rate, SplittableRandom archive, SplittableRandom recording) {
    double factor = Samples.factor(Samples.between(lowest, highest, archive));
    float[] changed = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      double step = Math.rint(samples[i] * factor * STEPS);
      changed[i] = (float) (Math.max(-STEPS, Math.min(STEPS - 1, step)) / STEPS);
    }
    return changed;
  }
}
