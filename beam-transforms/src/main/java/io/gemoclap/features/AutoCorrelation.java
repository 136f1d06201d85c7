package io.gemoclap.features;

import java.util.Arrays;

/**
 * The correlation of stretches of signal with themselves, by way of their power spectra (Wiener and
 * Khinchin), for up to {@link Lanes#COUNT} frames at once.
 *
 * <p>Both transforms are of half the length, with even and odd samples as real and imaginary parts.
 * Between them, the spectrum of the frame is never written out: at frequencies k and n - k of n
 * complex numbers, the parts E and O of even and odd samples and {@code w = exp(-πik / n)} give the
 * powers {@code |E ± wO|²}, half of whose sum is {@code s = |E|² + |O|²} and half of whose
 * difference is {@code d = 2 Re(conj(E) w O)}. The even and odd lags of the correlation have the
 * spectra s and {@code d conj(w)}, so that {@code s + i d conj(w)} is transformed back.
 */
final class AutoCorrelation {
  private final int length;
  private final int half;
  private final BatchFft fft;
  private final double[][] even;
  private final double[][] odd;
  private final double[][] re;
  private final double[][] im;
  private final double[][] lags;
  private final double[] cos;
  private final double[] sin;

  /**
   * @param length samples of a frame, an even number
   * @param maxLag the longest lag
   */
  AutoCorrelation(int length, int maxLag) {
    this.length = length;
    this.half = Integer.highestOneBit(length + maxLag);
    this.fft = new BatchFft(half);
    this.even = BatchFft.rows(half);
    this.odd = BatchFft.rows(half);
    this.re = fft.byFrequency(even);
    this.im = fft.byFrequency(odd);
    double[][] evenLags = fft.byFrequency(re);
    double[][] oddLags = fft.byFrequency(im);
    this.lags = new double[maxLag + 1][];
    for (int lag = 0; lag <= maxLag; lag++) {
      lags[lag] = lag % 2 == 0 ? evenLags[lag / 2] : oddLags[lag / 2];
    }
    this.cos = new double[half];
    this.sin = new double[half];
    for (int k = 0; k < half; k++) {
      cos[k] = Math.cos(Math.PI * k / half);
      sin[k] = Math.sin(Math.PI * k / half);
    }
  }

  /**
   * Computes the correlation of frames of a signal.
   *
   * @param start first sample of the first frame
   * @param hop samples from one frame to the next
   * @param lanes frames, at most {@link Lanes#COUNT}
   * @return a row for each lag, with one number for each frame; overwritten by the next call
   */
  double[][] compute(float[] signal, int start, int hop, int lanes) {
    load(signal, start, hop, lanes);
    fft.transform(even, odd, lanes);
    double scale = 1.0 / half;
    ends(re[0], im[0], scale, lanes);
    for (int k = 1; 2 * k < half; k++) {
      int other = half - k;
      Lanes.part(re[k], im[k], re[other], im[other], lanes);
      sumAndDifference(re[k], im[k], re[other], im[other], cos[k], sin[k], scale, lanes);
      spread(re[k], im[k], re[other], im[other], cos[k], sin[k], lanes);
    }
    if (half > 1) {
      middle(re[half / 2], im[half / 2], scale, lanes);
    }
    fft.transform(im, re, lanes);
    return lags;
  }

  /** The length is even. */
  private void load(float[] signal, int start, int hop, int lanes) {
    for (int i = 0; i < half; i++) {
      double[] evenRow = even[i];
      double[] oddRow = odd[i];
      if (2 * i >= length) {
        Arrays.fill(evenRow, 0, lanes, 0);
        Arrays.fill(oddRow, 0, lanes, 0);
        continue;
      }
      int at = start + 2 * i;
      for (int j = 0; j < lanes; j++) {
        evenRow[j] = signal[at];
        oddRow[j] = signal[at + 1];
        at += hop;
      }
    }
  }

  /** Frequencies 0 and n, where E and O are real and w is ±1. */
  private static void ends(double[] re, double[] im, double scale, int lanes) {
    for (int j = 0; j < lanes; j++) {
      double x = re[j];
      double y = im[j];
      re[j] = (x * x + y * y) * scale;
      im[j] = 2 * x * y * scale;
    }
  }

  /** Frequency n / 2, where E and O are real and w is -i. */
  private static void middle(double[] re, double[] im, double scale, int lanes) {
    for (int j = 0; j < lanes; j++) {
      re[j] = (re[j] * re[j] + im[j] * im[j]) * scale;
      im[j] = 0;
    }
  }

  /** Replaces E by s and d. */
  private static void sumAndDifference(
      double[] er,
      double[] ei,
      double[] or,
      double[] oi,
      double cos,
      double sin,
      double scale,
      int lanes) {
    double c = 2 * cos * scale;
    double s = 2 * sin * scale;
    for (int j = 0; j < lanes; j++) {
      double xr = er[j];
      double xi = ei[j];
      double yr = or[j];
      double yi = oi[j];
      er[j] = (xr * xr + xi * xi + yr * yr + yi * yi) * scale;
      ei[j] = (xr * yr + xi * yi) * c + (xr * yi - xi * yr) * s;
    }
  }

  /**
   * Replaces s and d by {@code s + i d conj(w)} at both frequencies; at n - k, d and cos change
   * sign.
   */
  private static void spread(
      double[] ar, double[] ai, double[] br, double[] bi, double cos, double sin, int lanes) {
    for (int j = 0; j < lanes; j++) {
      double s = ar[j];
      double d = ai[j];
      ar[j] = s - d * sin;
      ai[j] = d * cos;
      br[j] = s + d * sin;
      bi[j] = d * cos;
    }
  }
}
