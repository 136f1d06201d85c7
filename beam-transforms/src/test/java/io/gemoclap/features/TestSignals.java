package io.gemoclap.features;

import java.util.Random;

/** Signals whose features are known beforehand, at 16 kHz. */
final class TestSignals {
  static final int RATE = 16_000;

  private TestSignals() {}

  /** A voice-like tone with ten overtones that glides evenly, in octaves, between two pitches. */
  static float[] glide(double fromHz, double toHz, double seconds) {
    float[] samples = new float[(int) (seconds * RATE)];
    double phase = 0;
    for (int i = 0; i < samples.length; i++) {
      phase += 2 * Math.PI * glideHz(fromHz, toHz, (double) i / samples.length) / RATE;
      double sum = 0;
      for (int k = 1; k <= 10; k++) {
        sum += Math.sin(k * phase) / k;
      }
      samples[i] = (float) (0.2 * sum);
    }
    return samples;
  }

  /** The pitch of a glide after a share of its duration. */
  static double glideHz(double fromHz, double toHz, double share) {
    return fromHz * Math.pow(toHz / fromHz, share);
  }

  static float[] noise(int length, long seed) {
    Random random = new Random(seed);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) (0.1 * random.nextGaussian());
    }
    return samples;
  }

  /** A sum, as long as the first signal. */
  static float[] mix(float[] first, float[] second, float gain) {
    float[] sum = first.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += gain * second[i];
    }
    return sum;
  }
}
