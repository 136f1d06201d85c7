package io.gemoclap.features;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** A bank of triangular filters on a mel scale, of which only the weights above 0 are kept. */
final class MelFilters {
  private static final double SLANEY_HZ_PER_MEL = 200.0 / 3;
  private static final double SLANEY_BEND_HZ = 1_000;
  private static final double SLANEY_BEND_MEL = SLANEY_BEND_HZ / SLANEY_HZ_PER_MEL;
  private static final double SLANEY_LOG_STEP = Math.log(6.4) / 27;

  private final int[] first;
  private final float[][] weights;

  private MelFilters(int[] first, float[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  /**
   * Slaney's scale, triangles straight in Hz and of equal area: librosa's and Whisper's filters.
   */
  static MelFilters slaney(FeaturePart part, int sampleRate) {
    double[] hz = edges(part, MelFilters::hzToSlaney, MelFilters::slaneyToHz);
    return build(
        part.bins(),
        part.fftSize() / 2 + 1,
        (double) sampleRate / part.fftSize(),
        hz,
        DoubleUnaryOperator.identity(),
        bin -> 2 / (hz[(int) bin + 2] - hz[(int) bin]));
  }

  /** O'Shaughnessy's scale, triangles straight in mel with peak 1: Kaldi's filters. */
  static MelFilters kaldi(FeaturePart part, int sampleRate) {
    double[] mel = edges(part, MelFilters::hzToHtk, DoubleUnaryOperator.identity());
    return build(
        part.bins(),
        part.fftSize() / 2,
        (double) sampleRate / part.fftSize(),
        mel,
        MelFilters::hzToHtk,
        bin -> 1);
  }

  /** The corners of the triangles: {@code bins + 2} points, evenly spaced in mel. */
  private static double[] edges(
      FeaturePart part, DoubleUnaryOperator toMel, DoubleUnaryOperator fromMel) {
    double low = toMel.applyAsDouble(part.minHz());
    double high = toMel.applyAsDouble(part.maxHz());
    double[] edges = new double[part.bins() + 2];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = fromMel.applyAsDouble(low + (high - low) * i / (part.bins() + 1));
    }
    return edges;
  }

  private static MelFilters build(
      int bins,
      int frequencies,
      double hzPerFrequency,
      double[] edges,
      DoubleUnaryOperator axis,
      DoubleUnaryOperator gain) {
    int[] first = new int[bins];
    float[][] weights = new float[bins][];
    double[] row = new double[frequencies];
    for (int bin = 0; bin < bins; bin++) {
      int from = frequencies;
      int to = 0;
      for (int k = 0; k < frequencies; k++) {
        double x = axis.applyAsDouble(k * hzPerFrequency);
        double rise = (x - edges[bin]) / (edges[bin + 1] - edges[bin]);
        double fall = (edges[bin + 2] - x) / (edges[bin + 2] - edges[bin + 1]);
        row[k] = Math.min(rise, fall) * gain.applyAsDouble(bin);
        if (row[k] > 0) {
          from = Math.min(from, k);
          to = k + 1;
        }
      }
      first[bin] = Math.min(from, to);
      weights[bin] = new float[to - first[bin]];
      for (int i = 0; i < weights[bin].length; i++) {
        weights[bin][i] = (float) row[first[bin] + i];
      }
    }
    return new MelFilters(first, weights);
  }

  /**
   * Filters the power of several frames.
   *
   * @param power a row for each frequency, with one number for each frame
   * @param out a row for each bin
   * @param lanes frames
   */
  void apply(float[][] power, float[][] out, int lanes) {
    for (int bin = 0; bin < weights.length; bin++) {
      Arrays.fill(out[bin], 0, lanes, 0);
      for (int i = 0; i < weights[bin].length; i++) {
        Lanes.addWeighted(out[bin], power[first[bin] + i], weights[bin][i], lanes);
      }
    }
  }

  private static double hzToSlaney(double hz) {
    return hz < SLANEY_BEND_HZ
        ? hz / SLANEY_HZ_PER_MEL
        : SLANEY_BEND_MEL + Math.log(hz / SLANEY_BEND_HZ) / SLANEY_LOG_STEP;
  }

  private static double slaneyToHz(double mel) {
    return mel < SLANEY_BEND_MEL
        ? mel * SLANEY_HZ_PER_MEL
        : SLANEY_BEND_HZ * Math.exp((mel - SLANEY_BEND_MEL) * SLANEY_LOG_STEP);
  }

  private static double hzToHtk(double hz) {
    return 1_127 * Math.log1p(hz / 700);
  }
}
