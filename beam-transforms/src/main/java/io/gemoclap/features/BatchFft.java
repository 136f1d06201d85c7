package io.gemoclap.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The discrete Fourier transform of several complex signals of one length at once.
 *
 * <p>Row {@code i} of the arrays holds number {@code i} of every signal, side by side. So the
 * innermost loops run over signals, need the same constants for all of them, and use arrays in
 * parallel at one index, four at most: this is the form that the JVM compiles to vector
 * instructions. One frame alone takes about as long as it would in any other form.
 *
 * <p>Decimation in frequency, in place, with four-point butterflies where the size has that factor
 * (Cooley and Tukey 1965; Gentleman and Sande 1966). Any size works; the time grows with the
 * squares of its prime factors other than 2. In double precision, because single precision moves
 * Kaldi's bins far below their loudest neighbours by up to 1e-3 in natural logarithm. Not
 * thread-safe.
 */
final class BatchFft {
  private final int size;
  private final int[] radices;
  private final int[] order;

  /** {@code exp(-2πi k / size)}. */
  private final double[] cos;

  private final double[] sin;

  /** Room for the results of a butterfly with an odd number of points. */
  private final double[][] sumRe;

  private final double[][] sumIm;

  /**
   * @param size complex numbers in each signal, at least 1
   */
  BatchFft(int size) {
    this.size = size;
    this.radices = radices(size);
    this.order = new int[size];
    this.cos = new double[size];
    this.sin = new double[size];
    for (int k = 0; k < size; k++) {
      order[k] = place(k);
      cos[k] = Math.cos(2 * Math.PI * k / size);
      sin[k] = -Math.sin(2 * Math.PI * k / size);
    }
    int largest = Arrays.stream(radices).filter(radix -> radix % 2 == 1).max().orElse(0);
    this.sumRe = rows(largest);
    this.sumIm = rows(largest);
  }

  private static int[] radices(int size) {
    List<Integer> radices = new ArrayList<>();
    int left = size;
    while (left % 4 == 0) {
      radices.add(4);
      left /= 4;
    }
    for (int radix = 2; left > 1; radix++) {
      while (left % radix == 0) {
        radices.add(radix);
        left /= radix;
      }
    }
    return radices.stream().mapToInt(Integer::intValue).toArray();
  }

  private int place(int frequency) {
    int place = 0;
    int span = size;
    int left = frequency;
    for (int radix : radices) {
      span /= radix;
      place += (left % radix) * span;
      left /= radix;
    }
    return place;
  }

  /** The row in which {@link #transform} leaves a frequency, from 0 to the size less 1. */
  int row(int frequency) {
    return order[frequency];
  }

  /**
   * Transforms the first {@code lanes} signals, at most {@link Lanes#COUNT}, in place; rows come
   * out in the order of {@link #row}. With the two arrays exchanged, it transforms back, without
   * the factor of {@code 1 / size}.
   *
   * @param re the real parts, rows of at least {@code lanes} numbers, no two of them one array
   * @param im the imaginary parts
   */
  void transform(double[][] re, double[][] im, int lanes) {
    if (size > 1) {
      transform(re, im, lanes, 0, 0, size);
    }
  }

  /** Goes down to the smallest parts at once: they fit into the processor's cache. */
  private void transform(double[][] re, double[][] im, int lanes, int stage, int base, int span) {
    int radix = radices[stage];
    int part = span / radix;
    for (int k = 0; k < part; k++) {
      switch (radix) {
        case 2 -> butterfly2(re, im, lanes, base + k, part, k * (size / span));
        case 4 -> butterfly4(re, im, lanes, base + k, part, k * (size / span));
        default -> butterfly(re, im, lanes, base + k, part, k * (size / span), radix);
      }
    }
    if (part > 1) {
      for (int q = 0; q < radix; q++) {
        transform(re, im, lanes, stage + 1, base + q * part, part);
      }
    }
  }

  private void butterfly2(double[][] re, double[][] im, int lanes, int row, int step, int turn) {
    Lanes.sumAndDifference(re[row], re[row + step], lanes);
    Lanes.sumAndDifference(im[row], im[row + step], lanes);
    if (turn > 0) {
      Lanes.turn(re[row + step], im[row + step], cos[turn], sin[turn], lanes);
    }
  }

  private void butterfly4(double[][] re, double[][] im, int lanes, int row, int step, int turn) {
    int b = row + step;
    int c = b + step;
    int d = c + step;
    Lanes.sumsAndDifferences(re[row], re[b], re[c], re[d], lanes);
    Lanes.sumsAndDifferences(im[row], im[b], im[c], im[d], lanes);
    if (turn == 0) {
      Lanes.cross(re[b], im[b], re[d], im[d], lanes);
      return;
    }
    Lanes.turn(re[c], im[c], cos[2 * turn], sin[2 * turn], lanes);
    Lanes.crossAndTurn(
        re[b], im[b], re[d], im[d], cos[turn], sin[turn], cos[3 * turn], sin[3 * turn], lanes);
  }

  /** By the definition of the transform, which odd factors are small enough for. */
  private void butterfly(
      double[][] re, double[][] im, int lanes, int row, int step, int turn, int radix) {
    for (int q = 0; q < radix; q++) {
      Arrays.fill(sumRe[q], 0, lanes, 0);
      Arrays.fill(sumIm[q], 0, lanes, 0);
      for (int p = 0; p < radix; p++) {
        int angle = (int) (((long) p * q * (size / radix) + (long) q * turn) % size);
        int from = row + p * step;
        Lanes.addTurned(sumRe[q], sumIm[q], re[from], im[from], cos[angle], sin[angle], lanes);
      }
    }
    for (int q = 0; q < radix; q++) {
      System.arraycopy(sumRe[q], 0, re[row + q * step], 0, lanes);
      System.arraycopy(sumIm[q], 0, im[row + q * step], 0, lanes);
    }
  }

  /** Rows for {@code count} numbers of each of up to {@link Lanes#COUNT} signals. */
  static double[][] rows(int count) {
    return new double[count][Lanes.COUNT];
  }

  /** The same rows, so ordered that row {@code k} is that of frequency {@code k}. */
  double[][] byFrequency(double[][] rows) {
    return Arrays.stream(order).mapToObj(row -> rows[row]).toArray(double[][]::new);
  }
}
