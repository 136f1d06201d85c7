package io.gemoclap.training.degrade;

import java.util.SplittableRandom;

/**
 * Another sound under the speech, at a ratio of their powers.
 *
 * @param source makes the sound
 * @param lowest ratio of speech to sound in dB
 * @param highest likewise; one archive has one ratio
 */
record Background(Source source, double lowest, double highest) implements Effect {
  /** Makes sounds of any length. */
  interface Source {
    /** A sound of any level; parameters as of {@link Effect#apply}. */
    double[] make(int length, int rate, SplittableRandom archive, SplittableRandom recording);
  }

  @Override
  public float[] apply(
      float[] samples, int rate, SplittableRandom archive, SplittableRandom recording) {
    double[] speech = Samples.toDoubles(samples);
    double ratio = Samples.between(lowest, highest, archive);
    double[] sound = source.make(samples.length, rate, archive, recording);
    double power = Samples.power(sound);
    double factor =
        power == 0 ? 0 : Math.sqrt(Samples.power(speech) / power) / Samples.factor(ratio);
    for (int i = 0; i < speech.length; i++) {
      speech[i] += factor * sound[i];
    }
    return Samples.toFloats(speech);
  }
}
