package io.gemoclap.features;

/** Window functions. */
final class Windows {
  private static final double POVEY_POWER = 0.85;

  private Windows() {}

  /** Hann's window with period {@code size}, as spectrograms use it (its last value is not 0). */
  static float[] periodicHann(int size) {
    float[] window = new float[size];
    for (int i = 0; i < size; i++) {
      window[i] = (float) hann(i, size);
    }
    return window;
  }

  /** Kaldi's default: a symmetric Hann window to the power of 0.85. */
  static float[] povey(int size) {
    float[] window = new float[size];
    for (int i = 0; i < size; i++) {
      window[i] = (float) Math.pow(hann(i, size - 1), POVEY_POWER);
    }
    return window;
  }

  private static double hann(int i, int period) {
    return 0.5 - 0.5 * Math.cos(2 * Math.PI * i / period);
  }
}
