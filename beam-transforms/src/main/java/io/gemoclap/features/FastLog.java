package io.gemoclap.features;

/**
 * Natural logarithms of positive, finite numbers that are not subnormal, to within 3e-14 of the
 * true value: closer than single precision can tell, in a third of the time of {@link Math#log}.
 *
 * <p>The mantissa m is divided by the middle c of its 256th of an octave, which a table knows; the
 * logarithm of the quotient 1 + r is a short series, since r is at most 1/512 in magnitude.
 */
final class FastLog {
  private static final int TABLE_BITS = 8;
  private static final int SHIFT = 52 - TABLE_BITS;
  private static final int INDEX = (1 << TABLE_BITS) - 1;
  private static final long MANTISSA = (1L << 52) - 1;
  private static final long ONE = Double.doubleToRawLongBits(1);
  private static final int BIAS = 1_023;
  private static final double LN2 = Math.log(2);
  private static final double LOG10_E = 1 / Math.log(10);
  private static final double LOG2_E = 1 / LN2;

  /** Reciprocals of the middles, each followed by the logarithm of what it is the reciprocal of. */
  private static final double[] TABLE = table();

  private FastLog() {}

  private static double[] table() {
    int size = 1 << TABLE_BITS;
    double[] table = new double[2 * size];
    for (int i = 0; i < size; i++) {
      table[2 * i] = 1 / (1 + (i + 0.5) / size);
      table[2 * i + 1] = -Math.log(table[2 * i]);
    }
    return table;
  }

  /** The natural logarithm. */
  static double ln(double x) {
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> 52) - BIAS;
    int index = 2 * ((int) (bits >>> SHIFT) & INDEX);
    double mantissa = Double.longBitsToDouble((bits & MANTISSA) | ONE);
    double r = mantissa * TABLE[index] - 1;
    double series = r * (1 - r * (1 / 2.0 - r * (1 / 3.0 - r * (1 / 4.0 - r * (1 / 5.0)))));
    return exponent * LN2 + TABLE[index + 1] + series;
  }

  /** The decimal logarithm. */
  static double log10(double x) {
    return ln(x) * LOG10_E;
  }

  /** The binary logarithm. */
  static double log2(double x) {
    return ln(x) * LOG2_E;
  }
}
