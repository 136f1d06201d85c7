package io.gemoclap.training.degrade;

import io.gemoclap.audio.ffmpeg.FfmpegTransforms;
import io.gemoclap.audio.signal.RealTransform;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Filters, resamples and convolves whole signals by one Fourier transform each. */
final class Spectrum {
  /** Silence behind the end, so that a filter's ringing does not reach the start. */
  private static final int PADDING = 4_096;

  private static final int LEAST = 8;

  /** The transforms of each thread, by size: making one takes longer than using it. */
  private static final ThreadLocal<Map<Integer, RealTransform>> TRANSFORMS =
      ThreadLocal.withInitial(HashMap::new);

  private Spectrum() {}

  /**
   * Multiplies each frequency by a gain; the phase stays.
   *
   * @param gain factor for a frequency in Hz
   */
  static double[] filter(double[] samples, int rate, DoubleUnaryOperator gain) {
    int size = size(samples.length + PADDING);
    float[] spectrum = forward(samples, size);
    for (int k = 0; k <= size / 2; k++) {
      float factor = (float) gain.applyAsDouble((double) k * rate / size);
      spectrum[2 * k] *= factor;
      spectrum[2 * k + 1] *= factor;
    }
    return inverse(spectrum, size, size, samples.length);
  }

  /**
   * Changes the rate; {@code n} samples become {@code round(n · to / from)}.
   *
   * @throws IllegalArgumentException unless one rate is a power of two times the other, or {@code
   *     from} a multiple of {@code to}
   */
  static double[] resample(double[] samples, int from, int to) {
    int length = (int) Math.round((double) samples.length * to / from);
    if (isPowerOfTwo(from, to) || isPowerOfTwo(to, from)) {
      int least = Math.max(1, from / to) * LEAST;
      int size = Math.max(least, size(samples.length + PADDING));
      int other = Math.toIntExact((long) size * to / from);
      float[] spectrum = forward(samples, size);
      float[] changed = new float[other + 2];
      System.arraycopy(spectrum, 0, changed, 0, Math.min(size, other));
      return inverse(changed, size, other, length);
    }
    if (from % to != 0) {
      throw new IllegalArgumentException("No resampling from %s to %s Hz".formatted(from, to));
    }
    double[] low = filter(samples, from, hz -> 2 * hz < to ? 1 : 0);
    double[] picked = new double[length];
    for (int i = 0; i < length && i * (from / to) < low.length; i++) {
      picked[i] = low[i * (from / to)];
    }
    return picked;
  }

  /** Convolves with an impulse response; the result has the length of the samples. */
  static double[] convolve(double[] samples, double[] response) {
    int size = size(samples.length + response.length);
    float[] a = forward(samples, size);
    float[] b = forward(response, size);
    for (int i = 0; i < a.length; i += 2) {
      float real = a[i] * b[i] - a[i + 1] * b[i + 1];
      a[i + 1] = a[i] * b[i + 1] + a[i + 1] * b[i];
      a[i] = real;
    }
    return inverse(a, size, size, samples.length);
  }

  private static boolean isPowerOfTwo(int larger, int smaller) {
    return larger % smaller == 0 && Integer.bitCount(larger / smaller) == 1;
  }

  private static float[] forward(double[] samples, int size) {
    float[] padded = new float[size];
    for (int i = 0; i < samples.length; i++) {
      padded[i] = (float) samples[i];
    }
    float[] spectrum = new float[size + 2];
    transform(size).forward(padded, spectrum);
    return spectrum;
  }

  /**
   * Back to samples, the spectrum being of {@code from} samples, and the result of {@code size}.
   */
  private static double[] inverse(float[] spectrum, int from, int size, int length) {
    float[] samples = new float[size];
    transform(size).inverse(spectrum, samples);
    double[] cut = new double[length];
    for (int i = 0; i < Math.min(length, size); i++) {
      cut[i] = samples[i] / (double) from;
    }
    return cut;
  }

  private static RealTransform transform(int size) {
    return TRANSFORMS.get().computeIfAbsent(size, FfmpegTransforms::ofSize);
  }

  /** The least power of two of at least {@code least}. */
  private static int size(int least) {
    int size = LEAST;
    while (size < least) {
      size = Math.multiplyExact(size, 2);
    }
    return size;
  }
}
