package io.gemoclap.features;

/** Window functions. */
final class Windows {
  private static final double POVEY_POWER = 0.85;

  private Windows() {}

  /** Hann's window with period {@code size}, as spectrograms use it (its last value is not 0). */
  static double[] periodicHann(int size) {
    double[] window = new double[size];
    for (int i = 0; i < size; i++) {
      window[i] = hann(i, size);
    }
    return window;
  }

  /** Kaldi's default: a symmetric Hann window to the power of 0.85. */
  static double[] povey(int size) {
    double[] window = new double[size];
    for (int i = 0; i < size; i++) {
      window[i] = Math.pow(hann(i, size - 1), POVEY_POWER);
    }
    return window;
  }

  private static double hann(int i, int period) {
    return 0.5 - 0.5 * Math.cos(2 * Math.PI * i / period);
  }
}
