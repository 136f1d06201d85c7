package io.gemoclap.training.degrade;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Faster or slower speech of the same pitch, by overlapping windows of 30 ms, each moved by at most
 * 8 ms to where it continues the last one best (WSOLA; Verhelst and Roelands 1993). The only effect
 * that changes the length, to {@code round(n / factor)}.
 *
 * @param least change of the tempo, such as 0.05 for a factor of 1.05 or 1 / 1.05
 * @param most likewise; one archive has one factor
 */
record Tempo(double least, double most) implements Effect {
  private static final double WINDOW_SECONDS = 0.03;
  private static final double SEARCH_SECONDS = 0.008;

  @Override
  public float[] apply(
      float[] samples, int rate, SplittableRandom archive, SplittableRandom recording) {
    boolean faster = archive.nextBoolean();
    double change = 1 + Samples.between(least, most, archive);
    return stretched(samples, rate, faster ? change : 1 / change);
  }

  static float[] stretched(float[] samples, int rate, double factor) {
    int half = (int) (WINDOW_SECONDS * rate / 2);
    int search = (int) (SEARCH_SECONDS * rate);
    int length = (int) Math.round(samples.length / factor);
    float[] padded = Arrays.copyOf(samples, samples.length + 4 * half + 2 * search);
    float[] out = new float[length + 2 * half];
    int natural = 0;
    for (int at = 0; at < length; at += half) {
      int wanted = (int) Math.round(at * factor);
      int from = at == 0 ? 0 : best(padded, natural, wanted, half, search);
      for (int i = 0; i < 2 * half; i++) {
        // The first half of the first window has nothing to overlap with.
        double weight = at == 0 && i < half ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * (i + 0.5) / half);
        out[at + i] += (float) (weight * padded[from + i]);
      }
      natural = from + half;
    }
    return Arrays.copyOf(out, length);
  }

  /** The place near {@code wanted} whose samples resemble those at {@code natural} most. */
  private static int best(float[] samples, int natural, int wanted, int half, int search) {
    int best = wanted;
    double most = Double.NEGATIVE_INFINITY;
    int last = samples.length - 2 * half;
    for (int from = Math.max(0, wanted - search); from <= Math.min(last, wanted + search); from++) {
      double product = 0;
      for (int i = 0; i < half; i += 2) {
        product += samples[from + i] * samples[natural + i];
      }
      if (product > most) {
        most = product;
        best = from;
      }
    }
    return Math.min(best, last);
  }
}
