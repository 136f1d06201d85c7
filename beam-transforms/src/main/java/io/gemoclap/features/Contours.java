package io.gemoclap.features;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The frame-level contours that {@link Functionals} sums up, each a row over time, in units that
 * make their spreads comparable: tens of dB, octaves, nepers.
 */
final class Contours {
  private static final double ACTIVE_DECIBELS = 40;
  private static final double PITCH_REFERENCE_HZ = 100;
  private static final List<String> PROSODY =
      List.of("energy", "centroid", "rolloff", "flatness", "zero_crossings", "voicing");

  private final double[][] all;
  private final double[] octaves;
  private final boolean[] active;
  private final boolean[] voiced;

  /** Takes frames of {@code cepstra} MFCC columns followed by {@link Prosody}'s columns. */
  Contours(FeatureMatrix frames, int cepstra) {
    all = new double[cepstra + PROSODY.size()][];
    for (int c = 0; c < cepstra; c++) {
      all[c] = column(frames, c, x -> x / 10);
    }
    double[] energy = column(frames, cepstra + 2, x -> x / 10);
    all[cepstra] = energy;
    all[cepstra + 1] = column(frames, cepstra + 3, hz -> log2(Math.max(hz, 31) / 1000));
    all[cepstra + 2] = column(frames, cepstra + 4, hz -> log2(Math.max(hz, 31) / 1000));
    all[cepstra + 3] = column(frames, cepstra + 5, x -> Math.log(x + 1e-4));
    all[cepstra + 4] = column(frames, cepstra + 6, x -> 10 * x);
    all[cepstra + 5] = column(frames, cepstra + 1, x -> x);

    double[] pitch = column(frames, cepstra, x -> x);
    double loudest = Double.NEGATIVE_INFINITY;
    for (double e : energy) {
      loudest = Math.max(loudest, e);
    }
    active = new boolean[energy.length];
    voiced = new boolean[energy.length];
    octaves = new double[energy.length];
    for (int t = 0; t < energy.length; t++) {
      active[t] = energy[t] > loudest - ACTIVE_DECIBELS / 10;
      voiced[t] = pitch[t] > 0 && active[t];
      octaves[t] = voiced[t] ? log2(pitch[t] / PITCH_REFERENCE_HZ) : 0;
    }
  }

  /** Names of {@link #all()}, given those of the cepstra. */
  static List<String> names(List<String> cepstra) {
    return java.util.stream.Stream.concat(cepstra.stream(), PROSODY.stream()).toList();
  }

  /** Cepstra, energy, spectral shape and voicing strength. */
  double[][] all() {
    return all;
  }

  /** Pitch in octaves above 100 Hz; 0 where unvoiced. */
  double[] octaves() {
    return octaves;
  }

  /** Frames within 40 dB of the loudest; at least one. */
  boolean[] active() {
    return active;
  }

  /** Active frames with a pitch; perhaps none. */
  boolean[] voiced() {
    return voiced;
  }

  /** Regression over two frames to either side, edges repeated. */
  static double[] delta(double[] x) {
    int last = x.length - 1;
    double[] delta = new double[x.length];
    for (int t = 0; t < x.length; t++) {
      double wide = x[Math.min(t + 2, last)] - x[Math.max(t - 2, 0)];
      double near = x[Math.min(t + 1, last)] - x[Math.max(t - 1, 0)];
      delta[t] = (2 * wide + near) / 10;
    }
    return delta;
  }

  private static double[] column(FeatureMatrix frames, int column, DoubleUnaryOperator unit) {
    double[] contour = new double[frames.frames()];
    for (int t = 0; t < contour.length; t++) {
      contour[t] = unit.applyAsDouble(frames.value(t, column));
    }
    return contour;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
