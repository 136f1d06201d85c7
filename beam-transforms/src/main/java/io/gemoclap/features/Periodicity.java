package io.gemoclap.features;

/**
 * How unlike a stretch of signal is to itself one lag later: the cumulative mean normalised
 * difference of de Cheveigné and Kawahara's YIN (2002), 0 at the period of a periodic signal and
 * about 1 for noise. For up to {@link Lanes#COUNT} frames at once.
 *
 * <p>Unlike YIN's, the stretch shrinks with the lag, on both sides alike, and the difference is
 * averaged over what is left. So every lag speaks of the same moment, the middle of the stretch.
 */
final class Periodicity {
  /** Mean power, relative to full scale, below which there is nothing but rounding noise. */
  private static final double SILENCE = 1e-10;

  /** Too small to change a sum of differences, except of none: then the quotient is 1. */
  private static final double TINY = 1e-300;

  private final int length;
  private final int maxLag;
  private final AutoCorrelation correlation;
  private final boolean[] silent = new boolean[Lanes.COUNT];

  /** Energy of the earlier copy and of the later, together. */
  private final double[] energy = new double[Lanes.COUNT];

  private final double[] sum = new double[Lanes.COUNT];
  private final float[][] difference;

  /**
   * @param length samples of signal to compare
   * @param maxLag the longest lag, in samples, at most half of the length
   */
  Periodicity(int length, int maxLag) {
    this.length = length;
    this.maxLag = maxLag;
    this.correlation = new AutoCorrelation(length, maxLag);
    this.difference = new float[maxLag + 1][Lanes.COUNT];
  }

  /**
   * Computes the difference of frames at the lags 0 to {@code maxLag}.
   *
   * @param start first sample of the first frame
   * @param hop samples from one frame to the next
   * @param lanes frames, at most {@link Lanes#COUNT}
   */
  void compute(float[] signal, int start, int hop, int lanes) {
    double[][] rows = correlation.compute(signal, start, hop, lanes);
    for (int j = 0; j < lanes; j++) {
      silent[j] = rows[0][j] < SILENCE * length;
      energy[j] = 2 * rows[0][j];
      sum[j] = 0;
      difference[0][j] = 1;
    }
    for (int lag = 1; lag <= maxLag; lag++) {
      shrink(signal, start + length - lag, start + lag - 1, hop, lanes);
      normalise(energy, rows[lag], sum, 1.0 / (length - lag), lag, lanes);
      Lanes.round(rows[lag], difference[lag], lanes);
    }
  }

  /** Takes one sample from the end of the earlier copy and one from the start of the later. */
  private void shrink(float[] signal, int last, int first, int hop, int lanes) {
    for (int j = 0; j < lanes; j++) {
      double l = signal[last + j * hop];
      double f = signal[first + j * hop];
      energy[j] = energy[j] - l * l - f * f;
    }
  }

  /** Replaces the correlation at a lag by the difference. */
  private static void normalise(
      double[] energy, double[] row, double[] sum, double share, double lag, int lanes) {
    for (int j = 0; j < lanes; j++) {
      double mean = Math.max(0, (energy[j] - 2 * row[j]) * share);
      double all = sum[j] + mean;
      sum[j] = all;
      row[j] = (mean * lag + TINY) / (all + TINY);
    }
  }

  /** Whether a frame is silent, so that its differences mean nothing. */
  boolean isSilent(int lane) {
    return silent[lane];
  }

  /** A row for each lag, with one number for each frame. */
  float[][] difference() {
    return difference;
  }
}
