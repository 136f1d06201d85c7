package io.gemoclap.features;

import java.util.ArrayList;
import java.util.List;

/**
 * The frame-level contours that {@link Functionals} sums up, each a row over time, in units that
 * make their spreads comparable (decades of dB, octaves).
 */
final class Contours {
  private static final int CEPSTRA = 20;
  private static final double FLOOR = -15;
  private static final double ACTIVE_DECIBELS = 40;
  private static final double PITCH_REFERENCE_HZ = 100;
  private static final List<String> PROSODY =
      List.of("energy", "centroid", "rolloff", "flatness", "zero_crossings", "voicing");

  private final int bins;
  private final double[][] bands;
  private final double[][] all;
  private final double[] octaves;
  private final boolean[] active;
  private final boolean[] voiced;

  /** Takes frames of {@code bins} log-mel columns followed by {@link Prosody}'s columns. */
  Contours(FeatureMatrix frames, int bins) {
    this.bins = bins;
    double[][] mel = new double[bins][];
    for (int b = 0; b < bins; b++) {
      mel[b] = column(frames, b, x -> Math.max(x, FLOOR));
    }
    double[] energy = column(frames, bins + 2, x -> x / 10);
    double[] pitch = column(frames, bins, x -> x);
    active = new boolean[energy.length];
    voiced = new boolean[energy.length];
    octaves = new double[energy.length];
    double loudest = Double.NEGATIVE_INFINITY;
    for (double e : energy) {
      loudest = Math.max(loudest, e);
    }
    for (int t = 0; t < energy.length; t++) {
      active[t] = energy[t] > loudest - ACTIVE_DECIBELS / 10;
      voiced[t] = pitch[t] > 0 && active[t];
      octaves[t] = voiced[t] ? log2(pitch[t] / PITCH_REFERENCE_HZ) : 0;
    }
    List<double[]> rows = new ArrayList<>();
    rows.addAll(List.of(averaged(mel, bins / 2)));
    rows.addAll(List.of(cepstra(mel)));
    rows.add(energy);
    rows.add(column(frames, bins + 3, hz -> log2(Math.max(hz, 31) / 1000)));
    rows.add(column(frames, bins + 4, hz -> log2(Math.max(hz, 31) / 1000)));
    rows.add(column(frames, bins + 5, x -> Math.log(x + 1e-4)));
    rows.add(column(frames, bins + 6, x -> 10 * x));
    rows.add(column(frames, bins + 1, x -> x));
    all = rows.toArray(double[][]::new);
    double[][] eight = averaged(mel, 8);
    bands = new double[9][];
    bands[0] = column(frames, bins + 2, x -> x / 5);
    System.arraycopy(eight, 0, bands, 1, 8);
  }

  /** Names of {@link #all()}. */
  static List<String> names(int bins) {
    List<String> names = new ArrayList<>();
    for (int b = 0; b < bins / 2; b++) {
      names.add("mel%02d".formatted(b));
    }
    for (int c = 0; c < CEPSTRA; c++) {
      names.add("cepstrum%02d".formatted(c));
    }
    names.addAll(PROSODY);
    return names;
  }

  /** Pairs of log-mel bins, cepstra and prosody. */
  double[][] all() {
    return all;
  }

  /** {@link #all()} without the log-mel bins. */
  double[][] cepstraAndProsody() {
    return java.util.Arrays.copyOfRange(all, bins / 2, all.length);
  }

  /** Energy, then the mean log-mel of eight bands. */
  double[][] bands() {
    return bands;
  }

  /** Pitch in octaves above 100 Hz; 0 where unvoiced. */
  double[] octaves() {
    return octaves;
  }

  /** Frames within 40 dB of the loudest. */
  boolean[] active() {
    return active;
  }

  /** Active frames with a pitch. */
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

  private static double[][] averaged(double[][] mel, int groups) {
    int size = mel.length / groups;
    double[][] averaged = new double[groups][mel[0].length];
    for (int b = 0; b < groups * size; b++) {
      for (int t = 0; t < mel[b].length; t++) {
        averaged[b / size][t] += mel[b][t] / size;
      }
    }
    return averaged;
  }

  private static double[][] cepstra(double[][] mel) {
    double[][] cepstra = new double[CEPSTRA][mel[0].length];
    for (int c = 0; c < CEPSTRA; c++) {
      for (int b = 0; b < mel.length; b++) {
        double weight =
            Math.sqrt(2.0 / mel.length) * Math.cos(Math.PI * c * (b + 0.5) / mel.length);
        for (int t = 0; t < mel[b].length; t++) {
          cepstra[c][t] += weight * mel[b][t];
        }
      }
    }
    return cepstra;
  }

  private static double[] column(
      FeatureMatrix frames, int column, java.util.function.DoubleUnaryOperator unit) {
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
