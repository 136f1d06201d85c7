package io.gemoclap.training.augment;

import java.util.SplittableRandom;
import org.jtransforms.fft.DoubleFFT_1D;

/** Tilts the spectrum of a whole utterance, adds coloured noise and sets the gain. */
final class SpectrumShaper {
  private static final double LOWEST_HZ = 60;
  private static final double PIVOT_HZ = 1000;

  private final double[] signal;
  private final int rate;

  SpectrumShaper(float[] samples, int rate) {
    signal = new double[samples.length];
    for (int i = 0; i < samples.length; i++) {
      signal[i] = samples[i];
    }
    this.rate = rate;
  }

  float[] shape(Perturbation perturbation) {
    filter(signal, perturbation.tilt());
    if (perturbation.snr() < Double.POSITIVE_INFINITY) {
      addNoise(perturbation);
    }
    double factor = Math.pow(10, perturbation.gain() / 20);
    float[] shaped = new float[signal.length];
    for (int i = 0; i < shaped.length; i++) {
      shaped[i] = (float) (signal[i] * factor);
    }
    return shaped;
  }

  private void addNoise(Perturbation perturbation) {
    SplittableRandom random = new SplittableRandom(perturbation.seed());
    double[] noise = random.doubles(signal.length, -1, 1).toArray();
    if (perturbation.pink()) {
      filter(noise, -3);
    }
    double wanted = power(signal) / Math.pow(10, perturbation.snr() / 10);
    double factor = Math.sqrt(wanted / Math.max(power(noise), 1e-20));
    for (int i = 0; i < signal.length; i++) {
      signal[i] += factor * noise[i];
    }
  }

  /** Multiplies the spectrum by a slope of {@code tilt} dB per octave around 1 kHz, in place. */
  private void filter(double[] x, double tilt) {
    DoubleFFT_1D fft = new DoubleFFT_1D(x.length);
    fft.realForward(x);
    for (int k = 1; 2 * k < x.length; k++) {
      double hz = Math.max(LOWEST_HZ, (double) k * rate / x.length);
      double factor = Math.pow(10, tilt * Math.log(hz / PIVOT_HZ) / Math.log(2) / 20);
      x[2 * k] *= factor;
      if (2 * k + 1 < x.length) {
        x[2 * k + 1] *= factor;
      }
    }
    fft.realInverse(x, true);
  }

  private static double power(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v * v;
    }
    return sum / x.length;
  }
}
