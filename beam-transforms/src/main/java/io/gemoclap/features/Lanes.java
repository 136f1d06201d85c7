package io.gemoclap.features;

/**
 * The innermost loops over lanes: over numbers that belong to successive frames.
 *
 * <p>Each loop has a body small enough, and at most four arrays, so that HotSpot's second compiler
 * turns it into vector instructions; larger bodies run three times slower. None of the arrays of a
 * call may be the same.
 */
final class Lanes {
  /** Frames that are worked on together: longer loops, and still small enough for a cache. */
  static final int COUNT = 32;

  private Lanes() {}

  /** {@code a, b = a + b, a - b}. */
  static void sumAndDifference(double[] a, double[] b, int lanes) {
    for (int j = 0; j < lanes; j++) {
      double x = a[j];
      double y = b[j];
      a[j] = x + y;
      b[j] = x - y;
    }
  }

  /** {@code a, b, c, d = a + b + c + d, a - c, a - b + c - d, b - d}. */
  static void sumsAndDifferences(double[] a, double[] b, double[] c, double[] d, int lanes) {
    for (int j = 0; j < lanes; j++) {
      double even = a[j] + c[j];
      double odd = b[j] + d[j];
      double evenLess = a[j] - c[j];
      double oddLess = b[j] - d[j];
      a[j] = even + odd;
      b[j] = evenLess;
      c[j] = even - odd;
      d[j] = oddLess;
    }
  }

  /** Multiplies the complex numbers {@code re + i im} by {@code wr + i wi}. */
  static void turn(double[] re, double[] im, double wr, double wi, int lanes) {
    for (int j = 0; j < lanes; j++) {
      double x = re[j];
      double y = im[j];
      re[j] = x * wr - y * wi;
      im[j] = x * wi + y * wr;
    }
  }

  /** {@code b, d = b - i d, b + i d} of complex numbers. */
  static void cross(double[] br, double[] bi, double[] dr, double[] di, int lanes) {
    for (int j = 0; j < lanes; j++) {
      double xr = br[j] + di[j];
      double xi = bi[j] - dr[j];
      double yr = br[j] - di[j];
      double yi = bi[j] + dr[j];
      br[j] = xr;
      bi[j] = xi;
      dr[j] = yr;
      di[j] = yi;
    }
  }

  /** {@code b, d = (b - i d) v, (b + i d) w} of complex numbers. */
  static void crossAndTurn(
      double[] br,
      double[] bi,
      double[] dr,
      double[] di,
      double vr,
      double vi,
      double wr,
      double wi,
      int lanes) {
    for (int j = 0; j < lanes; j++) {
      double xr = br[j] + di[j];
      double xi = bi[j] - dr[j];
      double yr = br[j] - di[j];
      double yi = bi[j] + dr[j];
      br[j] = xr * vr - xi * vi;
      bi[j] = xr * vi + xi * vr;
      dr[j] = yr * wr - yi * wi;
      di[j] = yr * wi + yi * wr;
    }
  }

  /** Adds the complex numbers {@code x w} to {@code sum}. */
  static void addTurned(
      double[] sumRe, double[] sumIm, double[] re, double[] im, double wr, double wi, int lanes) {
    for (int j = 0; j < lanes; j++) {
      sumRe[j] += re[j] * wr - im[j] * wi;
      sumIm[j] += re[j] * wi + im[j] * wr;
    }
  }

  /**
   * Parts two frequencies k and n - k of n complex numbers, of which the real parts are one real
   * signal and the imaginary parts another: {@code a, b = (a + conj b) / 2, (a - conj b) / 2i} are
   * the transforms of the two at k.
   */
  static void part(double[] ar, double[] ai, double[] br, double[] bi, int lanes) {
    for (int j = 0; j < lanes; j++) {
      double xr = ar[j];
      double xi = ai[j];
      double yr = br[j];
      double yi = bi[j];
      ar[j] = 0.5 * (xr + yr);
      ai[j] = 0.5 * (xi - yi);
      br[j] = 0.5 * (xi + yi);
      bi[j] = 0.5 * (yr - xr);
    }
  }

  /**
   * {@code ar, br = |a + b w|², |a - b w|²} of complex numbers, with {@code w = wr + i wi}; what is
   * left in {@code ai} and {@code bi} means nothing.
   */
  static void squares(
      double[] ar, double[] ai, double[] br, double[] bi, double wr, double wi, int lanes) {
    for (int j = 0; j < lanes; j++) {
      double tr = br[j] * wr - bi[j] * wi;
      double ti = br[j] * wi + bi[j] * wr;
      double xr = ar[j] + tr;
      double xi = ai[j] + ti;
      double yr = ar[j] - tr;
      double yi = ai[j] - ti;
      ar[j] = xr * xr + xi * xi;
      br[j] = yr * yr + yi * yi;
    }
  }

  /** {@code to = x}, in single precision. */
  static void round(double[] x, float[] to, int lanes) {
    for (int j = 0; j < lanes; j++) {
      to[j] = (float) x[j];
    }
  }

  /** {@code sum += weight * x}. */
  static void addWeighted(float[] sum, float[] x, float weight, int lanes) {
    for (int j = 0; j < lanes; j++) {
      sum[j] += weight * x[j];
    }
  }

  /** Raises numbers below {@code floor} to it. */
  static void atLeast(float[] x, float floor, int lanes) {
    for (int j = 0; j < lanes; j++) {
      x[j] = Math.max(x[j], floor);
    }
  }

  /** {@code to} = the square root of {@code x}. */
  static void squareRoot(float[] x, float[] to, int lanes) {
    for (int j = 0; j < lanes; j++) {
      to[j] = (float) Math.sqrt(x[j]);
    }
  }
}
