package io.gemoclap.training.degrade;

import java.util.function.DoubleUnaryOperator;
import org.jtransforms.fft.DoubleFFT_1D;

/** Filters, resamples and convolves whole signals by one Fourier transform each. */
final class Spectrum {
  /** Silence behind the end, so that a filter's ringing does not reach the start. */
  private static final int PADDING = 4_096;

  private Spectrum() {}

  /**
   * Multiplies each frequency by a gain; the phase stays.
   *
   * @param gain factor for a frequency in Hz
   */
  static double[] filter(double[] samples, int rate, DoubleUnaryOperator gain) {
    int size = size(samples.length + PADDING, 1);
    double[] spectrum = forward(samples, size);
    spectrum[0] *= gain.applyAsDouble(0);
    spectrum[1] *= gain.applyAsDouble(rate / 2.0);
    for (int k = 1; 2 * k < size; k++) {
      double factor = gain.applyAsDouble((double) k * rate / size);
      spectrum[2 * k] *= factor;
      spectrum[2 * k + 1] *= factor;
    }
    new DoubleFFT_1D(size).realInverse(spectrum, true);
    return cut(spectrum, samples.length);
  }

  /** Changes the rate; {@code n} samples become {@code round(n · to / from)}. */
  static double[] resample(double[] samples, int from, int to) {
    if (from == to) {
      return samples.clone();
    }
    int divisor = gcd(from, to);
    int size = size(samples.length + PADDING, from / divisor);
    int other = Math.toIntExact((long) size * to / from);
    double[] spectrum = forward(samples, size);
    double[] changed = new double[other];
    int bins = Math.min(size, other) / 2;
    double scale = (double) other / size;
    changed[0] = spectrum[0] * scale;
    for (int i = 2; i < 2 * bins; i++) {
      changed[i] = spectrum[i] * scale;
    }
    new DoubleFFT_1D(other).realInverse(changed, true);
    return cut(changed, (int) Math.round((double) samples.length * to / from));
  }

  /** Convolves with an impulse response; the result has the length of the samples. */
  static double[] convolve(double[] samples, double[] response) {
    int size = size(samples.length + response.length, 1);
    double[] a = forward(samples, size);
    double[] b = forward(response, size);
    a[0] *= b[0];
    a[1] *= b[1];
    for (int i = 2; i < size; i += 2) {
      double real = a[i] * b[i] - a[i + 1] * b[i + 1];
      a[i + 1] = a[i] * b[i + 1] + a[i + 1] * b[i];
      a[i] = real;
    }
    new DoubleFFT_1D(size).realInverse(a, true);
    return cut(a, samples.length);
  }

  private static double[] forward(double[] samples, int size) {
    double[] padded = new double[size];
    System.arraycopy(samples, 0, padded, 0, samples.length);
    new DoubleFFT_1D(size).realForward(padded);
    return padded;
  }

  /** The least even size of at least {@code least} that is {@code factor} times a power of two. */
  private static int size(int least, int factor) {
    int size = 2 * factor;
    while (size < least) {
      size = Math.multiplyExact(size, 2);
    }
    return size;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static double[] cut(double[] samples, int length) {
    double[] cut = new double[length];
    System.arraycopy(samples, 0, cut, 0, Math.min(length, samples.length));
    return cut;
  }
}
