package io.gemoclap.features;

import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A synthetic vowel with falling pitch: the clip that models are checked with.
 *
 * @hidden
 */
@Internal
public final class ReferenceClip {
  private static final double[] FORMANTS_HZ = {700, 1_220, 2_600};

  private ReferenceClip() {}

  /**
   * Features of it, as a model takes them.
   *
   * @param normalization the model's; null if it was trained without
   * @param seconds from 1
   */
  public static FeatureMatrix features(
      FeatureSpec spec, @Nullable NormalizationSpec normalization, int seconds) {
    return FeatureNormalizer.alone(
        normalization, spec.extractor().extract(samples(spec.sampleRate(), seconds)));
  }

  private static float[] samples(int rate, int seconds) {
    float[] samples = new float[rate * seconds];
    double phase = 0;
    for (int i = 0; i < samples.length; i++) {
      double pitch = 180 - 60.0 * i / samples.length;
      phase += 2 * Math.PI * pitch / rate;
      double sum = 0;
      for (int harmonic = 1; harmonic * pitch < rate / 2.5; harmonic++) {
        double strength = 0;
        for (double formant : FORMANTS_HZ) {
          double octaves = Math.log(harmonic * pitch / formant) / Math.log(2);
          strength += Math.exp(-8 * octaves * octaves);
        }
        sum += strength * Math.sin(harmonic * phase);
      }
      samples[i] = (float) (0.05 * sum * Math.sin(Math.PI * i / samples.length));
    }
    return samples;
  }
}
