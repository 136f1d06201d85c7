package io.gemoclap.audio.signal;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.math.LongMath;
import java.util.Arrays;

/**
 * A low-pass filter for changing sampling rates: windowed sinc (Kaiser), as a spectrum.
 *
 * <p>Flat to 0.913 of the lower Nyquist frequency and 120 dB down from that frequency on, so that
 * nothing aliases. Immutable.
 */
final class ResamplingFilter {
  private record Rates(int input, int output) {}

  private static final Cache<Rates, ResamplingFilter> KEPT =
      CacheBuilder.newBuilder().maximumSize(16).build();

  private static final double PASS = 0.913;

  /** Blocks are this many times as long as the filter, so that little is computed twice. */
  private static final int BLOCK = 6;

  /** What is filtered has at least this many times the rate of the output, or a multiple of it. */
  private static final double LEAST_RATE = 2.4;

  /** At least as many as there are taps on each side of the one in the middle. */
  private final int reach;

  /** How often the rate is doubled on the way, or halved if negative. */
  private final int shift;

  private final int up;
  private final int down;

  private final int size;
  private final float[] gains;

  private ResamplingFilter(int inputRate, int outputRate) {
    shift = shift(inputRate, outputRate);
    long fine = (long) inputRate << Math.max(0, shift);
    long wanted = (long) outputRate << Math.max(0, -shift);
    up = (int) (wanted / LongMath.gcd(fine, wanted));
    down = (int) (fine / LongMath.gcd(fine, wanted));
    double nyquist = 0.5 * Math.min(1.0, (double) outputRate / inputRate);
    double transition = (1 - PASS) * nyquist;
    int unit = 1 << Math.max(4, -shift);
    int half = (Kaiser.taps(transition) + 3) / 4 * 2;
    reach = (half + unit - 1) / unit * unit;
    size = Integer.highestOneBit(2 * BLOCK * reach);
    Kaiser window = new Kaiser(half, nyquist * (1 + PASS) / 2);
    float[] taps = new float[size];
    double sum = 0;
    for (int i = 1 - reach; i < reach; i++) {
      sum += window.tap(i);
    }
    for (int i = 1 - reach; i < reach; i++) {
      // The inverse transform multiplies by the size.
      taps[(i + size) % size] = (float) (window.tap(i) / sum / size);
    }
    gains = new float[size + 2];
    new JavaTransform(size).forward(taps, gains);
    int stop = (int) Math.ceil(nyquist * size);
    for (int k = 0; k <= size / 2; k++) {
      // The taps are symmetric, so their transform is real.
      gains[2 * k] = k < stop ? gains[2 * k] : 0;
      gains[2 * k + 1] = gains[2 * k];
    }
  }

  private static int shift(int inputRate, int outputRate) {
    int shift = -10;
    double rate = Math.scalb((double) inputRate, shift);
    while (rate < LEAST_RATE * outputRate && rate % outputRate != 0) {
      shift++;
      rate *= 2;
    }
    return shift;
  }

  /** The filter for a pair of rates in Hz; the last few are kept. */
  static ResamplingFilter of(int inputRate, int outputRate) {
    Rates rates = new Rates(inputRate, outputRate);
    ResamplingFilter known = KEPT.getIfPresent(rates);
    if (known == null) {
      known = new ResamplingFilter(inputRate, outputRate);
      KEPT.put(rates, known);
    }
    return known;
  }

  /** Inputs before and after one that have an effect on its output. */
  int reach() {
    return reach;
  }

  /** Inputs of one transform, a power of two. */
  int size() {
    return size;
  }

  /** As many samples at the rate of what is filtered as there are at the input's. */
  int scaled(int samples) {
    return shift < 0 ? samples >> -shift : samples << shift;
  }

  /** Outputs over {@link #down()} filtered samples; both have no common divisor. */
  int up() {
    return up;
  }

  int down() {
    return down;
  }

  /**
   * Filters the spectrum of {@link #size()} inputs.
   *
   * @param result takes the spectrum of as many outputs as it is long; they are not scaled
   */
  void apply(float[] spectrum, float[] result) {
    int shared = Math.min(spectrum.length, result.length);
    for (int i = 0; i < shared; i++) {
      result[i] = gains[i] * spectrum[i];
    }
    Arrays.fill(result, shared, result.length, 0);
  }
}
