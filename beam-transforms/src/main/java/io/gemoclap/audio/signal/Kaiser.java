package io.gemoclap.audio.signal;

/**
 * The low-pass filter of Kaiser: a sinc function under a window, 120 dB down in its stop band.
 *
 * @param reach samples on each side of the middle, at which the window ends
 * @param cutoff frequency at which half of the amplitude passes, as a share of the sampling rate
 */
record Kaiser(double reach, double cutoff) {
  private static final double STOP_DB = 120;
  private static final double BETA = 0.1102 * (STOP_DB - 8.7);

  /** Taps that a filter needs, by the width of its transition as a share of the sampling rate. */
  static int taps(double transition) {
    return (int) Math.ceil((STOP_DB - 7.95) / (2.285 * 2 * Math.PI * transition));
  }

  /** The tap at a distance from the middle, in samples; not scaled. */
  double tap(double distance) {
    double edge = distance / reach;
    if (Math.abs(edge) >= 1) {
      return 0;
    }
    double angle = 2 * Math.PI * cutoff * distance;
    return bessel(BETA * Math.sqrt(1 - edge * edge)) * (angle == 0 ? 1 : Math.sin(angle) / angle);
  }

  /** The modified Bessel function I0, by its power series. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }
}
