package io.gemoclap.training.degrade;

import java.util.SplittableRandom;

/** Steady noise, whose power falls from 30 Hz on by some dB an octave. */
enum Noise implements Background.Source {
  /** As much in every hertz, as of an amplifier. */
  WHITE(0),
  /** Falls by 3 dB an octave, as of a fan. */
  PINK(0.5),
  /** Falls by 6 dB an octave, as of traffic. */
  BROWN(1);

  private static final double LOWEST_HZ = 30;

  private final double exponent;

  Noise(double exponent) {
    this.exponent = exponent;
  }

  @Override
  public double[] make(int length, int rate, SplittableRandom archive, SplittableRandom recording) {
    double[] white = Samples.gaussian(length, recording);
    return exponent == 0
        ? white
        : Spectrum.filter(
            white, rate, hz -> Math.pow(Math.max(hz, LOWEST_HZ) / LOWEST_HZ, -exponent));
  }
}
