package io.gemoclap.training.degrade;

import java.util.SplittableRandom;

/** Arithmetic on samples. */
final class Samples {
  private Samples() {}

  static double[] toDoubles(float[] samples) {
    double[] doubles = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      doubles[i] = samples[i];
    }
    return doubles;
  }

  static float[] toFloats(double[] samples) {
    float[] floats = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      floats[i] = (float) samples[i];
    }
    return floats;
  }

  /** Mean square; 0 without samples. */
  static double power(double[] samples) {
    double sum = 0;
    for (double sample : samples) {
      sum += sample * sample;
    }
    return samples.length == 0 ? 0 : sum / samples.length;
  }

  /** The factor of a level in dB. */
  static double factor(double decibels) {
    return Math.pow(10, decibels / 20);
  }

  static double between(double low, double high, SplittableRandom random) {
    return low + (high - low) * random.nextDouble();
  }

  /** White Gaussian noise of power 1. */
  static double[] gaussian(int length, SplittableRandom random) {
    double[] noise = new double[length];
    for (int i = 0; i < length; i++) {
      double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      noise[i] = radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
    return noise;
  }
}
