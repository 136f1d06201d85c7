package io.gemoclap.features;

import java.util.Arrays;

/**
 * Power of windowed frames at each frequency of a real Fourier transform, for up to {@link
 * Lanes#COUNT} frames at once.
 *
 * <p>A frame of n real samples is transformed as n / 2 complex numbers, whose real and imaginary
 * parts are the even and odd samples. The window may be shorter than the transform: its position
 * there does not change power.
 */
final class PowerSpectrum {
  private final double[] window;
  private final int half;
  private final BatchFft fft;
  private final double[][] even;
  private final double[][] odd;
  private final double[][] re;
  private final double[][] im;
  private final double[] cos;
  private final double[] sin;
  private final float[][] power;

  /**
   * @param window a factor for each sample of a frame
   * @param fftSize length of the real transform, even, at least that of the window
   */
  PowerSpectrum(double[] window, int fftSize) {
    this.window = window;
    this.half = fftSize / 2;
    this.fft = new BatchFft(half);
    this.even = BatchFft.rows(half);
    this.odd = BatchFft.rows(half);
    this.re = fft.byFrequency(even);
    this.im = fft.byFrequency(odd);
    this.cos = new double[half];
    this.sin = new double[half];
    for (int k = 0; k < half; k++) {
      cos[k] = Math.cos(Math.PI * k / half);
      sin[k] = Math.sin(Math.PI * k / half);
    }
    this.power = new float[half + 1][Lanes.COUNT];
  }

  /** Frequencies from 0 to half the sampling rate, both included. */
  int size() {
    return half + 1;
  }

  /**
   * Computes the power of frames of a signal.
   *
   * @param start first sample of the first frame
   * @param hop samples from one frame to the next
   * @param lanes frames, at most {@link Lanes#COUNT}
   * @return a row for each frequency, with one number for each frame; overwritten by the next call
   */
  float[][] compute(float[] signal, int start, int hop, int lanes) {
    int pairs = window.length / 2;
    for (int i = 0; i < pairs; i++) {
      double evenWeight = window[2 * i];
      double oddWeight = window[2 * i + 1];
      double[] evenRow = even[i];
      double[] oddRow = odd[i];
      int at = start + 2 * i;
      for (int j = 0; j < lanes; j++) {
        evenRow[j] = signal[at] * evenWeight;
        oddRow[j] = signal[at + 1] * oddWeight;
        at += hop;
      }
    }
    for (int j = 0; j < lanes && 2 * pairs < window.length; j++) {
      even[pairs][j] = signal[start + 2 * pairs + j * hop] * window[2 * pairs];
    }
    return transform(lanes);
  }

  /** Computes the power of frames that lie one after the other, each as long as the window. */
  float[][] compute(double[] frames, int lanes) {
    for (int i = 0; i < window.length; i++) {
      double[] row = row(i);
      for (int j = 0; j < lanes; j++) {
        row[j] = frames[i + j * window.length] * window[i];
      }
    }
    return transform(lanes);
  }

  private double[] row(int sample) {
    return sample % 2 == 0 ? even[sample / 2] : odd[sample / 2];
  }

  private float[][] transform(int lanes) {
    for (int i = window.length; i < 2 * half; i++) {
      Arrays.fill(row(i), 0, lanes, 0);
    }
    fft.transform(even, odd, lanes);
    for (int k = 0; 2 * k <= half; k++) {
      if (k == 0) {
        Lanes.sumAndDifference(re[0], im[0], lanes);
        square(re[0], power[0], lanes);
        square(im[0], power[half], lanes);
      } else if (2 * k == half) {
        squareOfMagnitude(re[k], im[k], power[k], lanes);
      } else {
        int other = half - k;
        Lanes.part(re[k], im[k], re[other], im[other], lanes);
        Lanes.squares(re[k], im[k], re[other], im[other], cos[k], -sin[k], lanes);
        Lanes.round(re[k], power[k], lanes);
        Lanes.round(re[other], power[other], lanes);
      }
    }
    return power;
  }

  private static void square(double[] x, float[] to, int lanes) {
    for (int j = 0; j < lanes; j++) {
      to[j] = (float) (x[j] * x[j]);
    }
  }

  /**
   * The frequency at a quarter of the rate, at which even and odd samples differ by a phase only.
   */
  private static void squareOfMagnitude(double[] re, double[] im, float[] to, int lanes) {
    for (int j = 0; j < lanes; j++) {
      to[j] = (float) (re[j] * re[j] + im[j] * im[j]);
    }
  }
}
