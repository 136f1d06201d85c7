package io.gemoclap.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mel-frequency cepstral coefficients by librosa's definition: mel power in dB, at most 80 below
 * the peak of the segment, then the orthonormal DCT-II; with derivatives over time if asked for.
 */
final class Mfcc implements SpectralColumns {
  private static final float FLOOR = 1e-10f;
  private static final float RANGE_DB = 80;

  private final FeaturePart part;
  private final MelFilters filters;
  private final float[][] cosines;
  private final float[] sum = new float[Lanes.COUNT];
  private final List<float[][]> decibels = new ArrayList<>();
  private float peak;
  private Target to = Target.NOWHERE;
  private int frames;

  Mfcc(FeaturePart part, int sampleRate) {
    this.part = part;
    this.filters = MelFilters.slaney(part, sampleRate);
    this.cosines = orthonormalCosines(part.coefficients(), part.bins());
  }

  private static float[][] orthonormalCosines(int rows, int columns) {
    float[][] cosines = new float[rows][columns];
    for (int k = 0; k < rows; k++) {
      double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / columns);
      for (int n = 0; n < columns; n++) {
        cosines[k][n] = (float) (scale * Math.cos(Math.PI * k * (2 * n + 1) / (2 * columns)));
      }
    }
    return cosines;
  }

  @Override
  public void begin(float[] samples, int frames, Target to) {
    this.to = to;
    this.frames = frames;
    peak = Float.NEGATIVE_INFINITY;
    while (decibels.size() * Lanes.COUNT < frames) {
      decibels.add(new float[part.bins()][Lanes.COUNT]);
    }
  }

  @Override
  public void add(int frame, int lanes, float[][] power) {
    float[][] block = decibels.get(frame / Lanes.COUNT);
    filters.apply(power, block, lanes);
    float most = peak;
    for (float[] row : block) {
      for (int j = 0; j < lanes; j++) {
        row[j] = (float) (10 * FastLog.log10(Math.max(row[j], FLOOR)));
        most = Math.max(most, row[j]);
      }
    }
    peak = most;
  }

  @Override
  public void finish() {
    for (int frame = 0; frame < frames; frame += Lanes.COUNT) {
      int lanes = Math.min(Lanes.COUNT, frames - frame);
      float[][] block = decibels.get(frame / Lanes.COUNT);
      for (float[] row : block) {
        Lanes.atLeast(row, peak - RANGE_DB, lanes);
      }
      transform(block, frame, lanes);
    }
    int count = part.coefficients();
    for (int order = 1; order <= part.deltas(); order++) {
      Deltas.write(to, frames, count, order);
    }
  }

  private void transform(float[][] block, int frame, int lanes) {
    for (int k = 0; k < cosines.length; k++) {
      Arrays.fill(sum, 0, lanes, 0);
      for (int bin = 0; bin < block.length; bin++) {
        Lanes.addWeighted(sum, block[bin], cosines[k][bin], lanes);
      }
      for (int j = 0; j < lanes; j++) {
        to.values()[to.index(frame + j, k)] = sum[j];
      }
    }
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (String stem : List.of("mfcc", "mfcc_delta", "mfcc_delta2").subList(0, 1 + part.deltas())) {
      names.addAll(ColumnNames.numbered(stem, part.coefficients()));
    }
    return List.copyOf(names);
  }

  /** Derivatives need nine frames; shorter segments are refused, as librosa refuses them. */
  @Override
  public int minSamples() {
    return part.deltas() == 0
        ? part.windowSamples()
        : Math.max(part.windowSamples(), (Deltas.WIDTH - 1) * part.hopSamples());
  }

  @Override
  public String whyMinSamples() {
    return part.deltas() == 0
        ? "are needed to fill one analysis window"
        : "are needed for the " + Deltas.WIDTH + " frames of a derivative";
  }
}
