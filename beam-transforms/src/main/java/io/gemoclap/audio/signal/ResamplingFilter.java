package io.gemoclap.audio.signal;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.math.IntMath;
import java.util.Arrays;

/**
 * A low-pass filter for changing sampling rates: windowed sinc (Kaiser), cut into phases.
 *
 * <p>Flat to 0.913 of the lower Nyquist frequency and 120 dB down from that frequency on, so that
 * nothing aliases. Where a ratio has too many phases for a table, the filter stands at finely
 * spaced phases and is interpolated between two of them. Immutable.
 */
final class ResamplingFilter {
  /** What one stream uses again and again. */
  static final class Scratch {
    /** Input samples sorted by their index modulo {@code down}; {@code lane} lie side by side. */
    private final float[] inputs;

    private final int lane;
    private final float[] sums;

    private Scratch(int lanes, int lane, int sums) {
      this.inputs = new float[lanes * lane];
      this.lane = lane;
      this.sums = new float[sums];
    }
  }

  private record Rates(int input, int output) {}

  private static final Cache<Rates, ResamplingFilter> KEPT =
      CacheBuilder.newBuilder().maximumSize(16).build();

  private static final double PASS = 0.913;
  private static final double STOP_DB = 120;
  private static final double BETA = 0.1102 * (STOP_DB - 8.7);
  private static final int MAX_TABLE = 1 << 18;
  private static final double FINE_PHASES = 2_048;

  private final int up;
  private final int down;
  private final int taps;
  private final int phases;
  private final boolean exact;
  private final float[] table;

  private ResamplingFilter(int up, int down) {
    this.up = up;
    this.down = down;
    double nyquist = 0.5 * Math.min(1.0, (double) up / down);
    double transition = (1 - PASS) * nyquist;
    double width = (STOP_DB - 7.95) / (2.285 * 2 * Math.PI * transition);
    taps = ((int) Math.ceil(width) + 3) / 4 * 4;
    exact = (long) up * taps <= MAX_TABLE;
    phases = exact ? up : Math.max(32, (int) Math.ceil(FINE_PHASES * 2 * nyquist));
    // One row more than phases: the interpolation reads the next row, too.
    table = new float[(phases + 1) * taps];
    for (int phase = 0; phase <= phases; phase++) {
      fillRow(phase, nyquist * (1 + PASS) / 2);
    }
  }

  /** The filter for a pair of rates in Hz; the last few are kept, as making one takes a while. */
  static ResamplingFilter of(int inputRate, int outputRate) {
    Rates rates = new Rates(inputRate, outputRate);
    ResamplingFilter known = KEPT.getIfPresent(rates);
    if (known == null) {
      int divisor = IntMath.gcd(inputRate, outputRate);
      known = new ResamplingFilter(outputRate / divisor, inputRate / divisor);
      KEPT.put(rates, known);
    }
    return known;
  }

  int taps() {
    return taps;
  }

  int tableSize() {
    return table.length;
  }

  /** Scratch arrays for up to {@code groups} times {@code up} outputs at once. */
  Scratch scratch(int groups) {
    int lane = groups + (taps + down - 2) / down + 1;
    return exact ? new Scratch(down, lane, groups) : new Scratch(0, 0, 0);
  }

  /**
   * Computes outputs from the first tap of the first one on.
   *
   * @param samples as many as {@code groups * down + taps}
   * @param count number of outputs, at most {@code groups * up}
   */
  void apply(float[] samples, int count, float[] out, Scratch scratch) {
    if (exact) {
      applyByLanes(samples, count, out, scratch);
      return;
    }
    for (int i = 0; i < count; i++) {
      long position = (long) i * down;
      int first = (int) (position / up);
      double row = (double) (position % up) * phases / up;
      int below = (int) row;
      float weight = (float) (row - below);
      float here = dot(samples, first, below * taps);
      out[i] = here + weight * (dot(samples, first, (below + 1) * taps) - here);
    }
  }

  /**
   * All outputs of one phase read inputs that lie {@code down} apart. Sorted into lanes these
   * become neighbours, and the loop over the outputs is one that the compiler makes into vector
   * code.
   */
  private void applyByLanes(float[] samples, int count, float[] out, Scratch scratch) {
    float[] inputs = scratch.inputs;
    float[] sums = scratch.sums;
    int lane = scratch.lane;
    int groups = (count + up - 1) / up;
    int needed = Math.min(samples.length, groups * down + taps);
    for (int start = 0, column = 0; start < needed; start += down, column++) {
      int end = Math.min(down, needed - start);
      for (int i = 0; i < end; i++) {
        inputs[i * lane + column] = samples[start + i];
      }
    }
    for (int phase = 0; phase < up; phase++) {
      int first = (int) ((long) phase * down / up);
      int row = (int) ((long) phase * down % up) * taps;
      Arrays.fill(sums, 0, groups, 0);
      for (int tap = 0; tap < taps; tap += 4) {
        addFour(
            sums,
            groups,
            inputs,
            at(first + tap, lane),
            at(first + tap + 1, lane),
            at(first + tap + 2, lane),
            at(first + tap + 3, lane),
            row + tap);
      }
      for (int group = 0, to = phase; to < count; group++, to += up) {
        out[to] = sums[group];
      }
    }
  }

  private int at(int index, int lane) {
    return index % down * lane + index / down;
  }

  private void addFour(
      float[] sums, int count, float[] inputs, int a, int b, int c, int d, int taps4) {
    float ta = table[taps4];
    float tb = table[taps4 + 1];
    float tc = table[taps4 + 2];
    float td = table[taps4 + 3];
    for (int i = 0; i < count; i++) {
      sums[i] += ta * inputs[a + i] + tb * inputs[b + i] + tc * inputs[c + i] + td * inputs[d + i];
    }
  }

  private float dot(float[] samples, int first, int row) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = 0; i < taps; i += 4) {
      a += samples[first + i] * table[row + i];
      b += samples[first + i + 1] * table[row + i + 1];
      c += samples[first + i + 2] * table[row + i + 2];
      d += samples[first + i + 3] * table[row + i + 3];
    }
    return a + b + (c + d);
  }

  private void fillRow(int phase, double cutoff) {
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
