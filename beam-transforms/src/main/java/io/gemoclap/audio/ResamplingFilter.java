package io.gemoclap.audio;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.math.IntMath;

/**
 * A low-pass filter for changing sampling rates: windowed sinc (Kaiser), cut into phases.
 *
 * <p>Flat to 0.913 of the lower Nyquist frequency and 120 dB down from that frequency on, so that
 * nothing aliases. Where a ratio has too many phases for a table, the filter stands at finely
 * spaced phases and is interpolated between two of them. Immutable.
 */
final class ResamplingFilter {
  private static final double PASS = 0.913;
  private static final double STOP_DB = 120;
  private static final double BETA = 0.1102 * (STOP_DB - 8.7);
  private static final int MAX_TABLE = 1 << 18;
  private static final double FINE_PHASES = 2_048;

  private record Rates(int input, int output) {}

  private static final Cache<Rates, ResamplingFilter> KEPT =
      CacheBuilder.newBuilder().maximumSize(16).build();

  private final int taps;
  private final int phases;
  private final float[] table;

  /** Phases of the ratio for each phase of the table; 1 where the table is exact. */
  private final double scale;

  private ResamplingFilter(int taps, int phases, double cutoff, double scale) {
    this.taps = taps;
    this.phases = phases;
    this.scale = scale;
    // One row more than phases: the interpolation reads the row behind its own.
    this.table = new float[(phases + 1) * taps];
    for (int phase = 0; phase <= phases; phase++) {
      row(phase, cutoff);
    }
  }

  /** The filter for a pair of rates in Hz; the last few are kept, as making one takes a while. */
  static ResamplingFilter of(int inputRate, int outputRate) {
    Rates rates = new Rates(inputRate, outputRate);
    ResamplingFilter known = KEPT.getIfPresent(rates);
    if (known == null) {
      known = make(inputRate, outputRate);
      KEPT.put(rates, known);
    }
    return known;
  }

  private static ResamplingFilter make(int inputRate, int outputRate) {
    int up = outputRate / IntMath.gcd(inputRate, outputRate);
    double nyquist = 0.5 * Math.min(1.0, (double) outputRate / inputRate);
    double transition = (1 - PASS) * nyquist;
    double width = (STOP_DB - 7.95) / (2.285 * 2 * Math.PI * transition);
    int taps = ((int) Math.ceil(width) + 7) / 8 * 8;
    double cutoff = nyquist * (1 + PASS) / 2;
    if ((long) up * taps <= MAX_TABLE) {
      return new ResamplingFilter(taps, up, cutoff, 1);
    }
    int phases = Math.max(32, (int) Math.ceil(FINE_PHASES * 2 * nyquist));
    return new ResamplingFilter(taps, phases, cutoff, (double) phases / up);
  }

  int taps() {
    return taps;
  }

  int tableSize() {
    return table.length;
  }

  /** The output whose taps begin at {@code first}, {@code phase} steps after an input sample. */
  float at(float[] samples, int first, int phase) {
    if (scale == 1) {
      return dot(samples, first, phase * taps);
    }
    double position = phase * scale;
    int row = (int) position;
    float weight = (float) (position - row);
    float here = dot(samples, first, row * taps);
    return here + weight * (dot(samples, first, (row + 1) * taps) - here);
  }

  private float dot(float[] samples, int first, int row) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    for (int i = 0; i < taps; i += 8) {
      a += samples[first + i] * table[row + i];
      b += samples[first + i + 1] * table[row + i + 1];
      c += samples[first + i + 2] * table[row + i + 2];
      d += samples[first + i + 3] * table[row + i + 3];
      e += samples[first + i + 4] * table[row + i + 4];
      f += samples[first + i + 5] * table[row + i + 5];
      g += samples[first + i + 6] * table[row + i + 6];
      h += samples[first + i + 7] * table[row + i + 7];
    }
    return a + b + (c + d) + (e + f + (g + h));
  }

  private void row(int phase, double cutoff) {
    double[] row = new double[taps];
    double sum = 0;
    for (int i = 0; i < taps; i++) {
      // Distance of the tap from the output, in input samples.
      double x = i - (taps / 2 - 1) - (double) phase / phases;
      double edge = 2 * x / taps;
      double window = Math.abs(edge) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - edge * edge));
      double angle = 2 * Math.PI * cutoff * x;
      row[i] = window * (angle == 0 ? 1 : Math.sin(angle) / angle);
      sum += row[i];
    }
    // Every phase passes a constant unchanged, whatever its rounding.
    for (int i = 0; i < taps; i++) {
      table[phase * taps + i] = (float) (row[i] / sum);
    }
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
