package io.gemoclap.training.degrade;

import java.util.SplittableRandom;
import org.jtransforms.fft.DoubleFFT_1D;

/** Test signals, and what can be measured of them. */
final class Signals {
  static final int RATE = 16_000;

  private Signals() {}

  static SplittableRandom random() {
    return new SplittableRandom(5);
  }

  static float[] sine(double hz, double level, double seconds) {
    float[] samples = new float[(int) (seconds * RATE)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (level * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    return samples;
  }

  static float[] noise(double seconds) {
    double[] noise = Samples.gaussian((int) (seconds * RATE), new SplittableRandom(3));
    float[] samples = Samples.toFloats(noise);
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= 0.1f;
    }
    return samples;
  }

  static double power(float[] samples) {
    return Samples.power(Samples.toDoubles(samples));
  }

  /** Share of the power that lies in a band. */
  static double share(double[] samples, double fromHz, double toHz) {
    double[] spectrum = samples.clone();
    new DoubleFFT_1D(spectrum.length).realForward(spectrum);
    double all = 0;
    double band = 0;
    for (int k = 1; 2 * k + 1 < spectrum.length; k++) {
      double power = spectrum[2 * k] * spectrum[2 * k] + spectrum[2 * k + 1] * spectrum[2 * k + 1];
      double hz = (double) k * RATE / spectrum.length;
      all += power;
      band += hz >= fromHz && hz < toHz ? power : 0;
    }
    return band / all;
  }

  static double share(float[] samples, double fromHz, double toHz) {
    return share(Samples.toDoubles(samples), fromHz, toHz);
  }

  static double decibels(double ratio) {
    return 10 * Math.log10(ratio);
  }
}
