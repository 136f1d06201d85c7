package io.gemoclap.features;

import org.jtransforms.fft.FloatFFT_1D;

/**
 * How unlike a stretch of signal is to itself one lag later: the cumulative mean normalised
 * difference of de Cheveigné and Kawahara's YIN (2002), 0 at the period of a periodic signal and
 * about 1 for noise.
 *
 * <p>Unlike YIN's, the stretch shrinks with the lag, on both sides alike, and the difference is
 * averaged over what is left. So every lag speaks of the same moment, the middle of the stretch.
 */
final class Periodicity {
  /** Mean power, relative to full scale, below which there is nothing but rounding noise. */
  private static final double SILENCE = 1e-10;

  private final int length;
  private final int maxLag;
  private final int fftSize;
  private final FloatFFT_1D fft;
  private final float[] correlation;

  /**
   * @param length samples of signal to compare
   * @param maxLag the longest lag, in samples, at most half of the length
   */
  Periodicity(int length, int maxLag) {
    this.length = length;
    this.maxLag = maxLag;
    this.fftSize = Integer.highestOneBit(length + maxLag) * 2;
    this.fft = new FloatFFT_1D(fftSize);
    this.correlation = new float[fftSize];
  }

  /**
   * Writes the difference at the lags 0 to {@code maxLag}.
   *
   * @return false, with nothing written, if the stretch is silent
   */
  boolean compute(float[] signal, int start, float[] difference) {
    double energy = correlate(signal, start);
    if (energy < SILENCE * length) {
      return false;
    }
    double head = energy;
    double tail = energy;
    double sum = 0;
    difference[0] = 1;
    for (int lag = 1; lag <= maxLag; lag++) {
      float last = signal[start + length - lag];
      float first = signal[start + lag - 1];
      head -= last * last;
      tail -= first * first;
      double mean = Math.max(0, (head + tail - 2 * correlation[lag]) / (length - lag));
      sum += mean;
      difference[lag] = sum > 0 ? (float) (mean * lag / sum) : 1;
    }
    return true;
  }

  /** Correlates the stretch with itself by way of its power spectrum; returns its energy. */
  private double correlate(float[] signal, int start) {
    double energy = 0;
    for (int i = 0; i < length; i++) {
      float sample = signal[start + i];
      correlation[i] = sample;
      energy += sample * sample;
    }
    for (int i = length; i < fftSize; i++) {
      correlation[i] = 0;
    }
    fft.realForward(correlation);
    correlation[0] *= correlation[0];
    correlation[1] *= correlation[1];
    for (int k = 2; k < fftSize; k += 2) {
      float re = correlation[k];
      float im = correlation[k + 1];
      correlation[k] = re * re + im * im;
      correlation[k + 1] = 0;
    }
    fft.realInverse(correlation, true);
    return energy;
  }
}
