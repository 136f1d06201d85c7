package io.gemoclap.training.degrade;

import java.util.SplittableRandom;

/**
 * A constant offset (DC) of a defective sound card. The decoder's high-pass filter removes the
 * offset itself exactly; what remains is that one side is clipped at full scale.
 *
 * @param least offset as a share of full scale
 * @param most likewise; one archive has one offset, of either sign
 */
record Offset(double least, double most) implements Effect {
  @Override
  public float[] apply(
      float[] samples, int rate, SplittableRandom archive, SplittableRandom recording) {
    double sign = archive.nextBoolean() ? 1 : -1;
    double offset = sign * Samples.between(least, most, archive);
    float[] changed = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      changed[i] = (float) (Math.max(-1, Math.min(1, samples[i] + offset)) - offset);
    }
    return changed;
  }
}
