package io.gemoclap.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Summarises a matrix of features over time as one vector, whatever its length.
 *
 * <p>For each column {@code c}: {@code c_mean}, {@code c_std} (of the population), {@code c_p10},
 * {@code c_p50}, {@code c_p90} (percentiles, linear between ranks as NumPy's default), all in the
 * unit of the column. If {@code f0_hz} is among the columns, its statistics are over voiced frames
 * only, and three more follow at the end:
 *
 * <ul>
 *   <li>{@code voiced_share}: voiced frames over all frames, 0 to 1
 *   <li>{@code f0_range_st}: from the 10th to the 90th percentile of pitch, in semitones
 *   <li>{@code f0_slope_st_per_s}: slope of the straight line through pitch by least squares, in
 *       semitones per second
 * </ul>
 *
 * <p>Where no frame is voiced all statistics of pitch are 0. Reuses a buffer: not thread-safe.
 */
public final class FeatureStatistics {
  private static final List<String> SUFFIXES = List.of("_mean", "_std", "_p10", "_p50", "_p90");
  private static final String PITCH = "f0_hz";

  private final List<String> columns;
  private final int pitch;
  private final double frameSeconds;
  private float[] sorted = new float[0];

  private FeatureStatistics(List<String> columns, double frameSeconds) {
    this.columns = List.copyOf(columns);
    this.pitch = columns.indexOf(PITCH);
    this.frameSeconds = frameSeconds;
  }

  /** Statistics over the matrices of one extractor. */
  public static FeatureStatistics over(FeatureExtractor extractor) {
    return new FeatureStatistics(extractor.names(), extractor.frameSeconds());
  }

  /** The names of the numbers that {@link #summarize} returns, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      SUFFIXES.forEach(suffix -> names.add(column + suffix));
    }
    if (pitch >= 0) {
      names.addAll(List.of("voiced_share", "f0_range_st", "f0_slope_st_per_s"));
    }
    return List.copyOf(names);
  }

  /**
   * Summarises one matrix.
   *
   * @return a new vector in the order of {@link #names()}
   * @throws IllegalArgumentException if the matrix has no frames or other columns
   */
  public float[] summarize(FeatureMatrix features) {
    if (features.frames() == 0 || features.dims() != columns.size()) {
      throw new IllegalArgumentException(
          features + " cannot be summarised; it needs frames and " + columns.size() + " columns");
    }
    int perColumn = SUFFIXES.size();
    float[] out = new float[perColumn * columns.size() + (pitch >= 0 ? 3 : 0)];
    if (sorted.length < features.frames()) {
      sorted = new float[features.frames()];
    }
    for (int column = 0; column < columns.size(); column++) {
      describe(collect(features, column), out, perColumn * column);
    }
    if (pitch >= 0) {
      describePitch(features, out, perColumn * pitch, out.length - 3);
    }
    return out;
  }

  /** Sorts what counts of a column into the buffer and returns how much that is. */
  private int collect(FeatureMatrix features, int column) {
    int count = 0;
    for (int frame = 0; frame < features.frames(); frame++) {
      float value = features.value(frame, column);
      if (column != pitch || value > 0) {
        sorted[count++] = value;
      }
    }
    Arrays.sort(sorted, 0, count);
    return count;
  }

  private void describe(int count, float[] out, int offset) {
    if (count == 0) {
      return;
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += sorted[i];
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += (sorted[i] - mean) * (sorted[i] - mean);
    }
    out[offset] = (float) mean;
    out[offset + 1] = (float) Math.sqrt(squares / count);
    out[offset + 2] = percentile(count, 0.1);
    out[offset + 3] = percentile(count, 0.5);
    out[offset + 4] = percentile(count, 0.9);
  }

  private float percentile(int count, double share) {
    double rank = share * (count - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, count - 1);
    return (float) (sorted[below] + (rank - below) * (sorted[above] - sorted[below]));
  }

  private void describePitch(FeatureMatrix features, float[] out, int from, int to) {
    int voiced = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int frame = 0; frame < features.frames(); frame++) {
      float hz = features.value(frame, pitch);
      if (hz > 0) {
        double seconds = frame * frameSeconds;
        double semitones = semitones(hz);
        voiced++;
        sumX += seconds;
        sumY += semitones;
        sumXx += seconds * seconds;
        sumXy += seconds * semitones;
      }
    }
    if (voiced == 0) {
      return;
    }
    out[to] = (float) voiced / features.frames();
    out[to + 1] = (float) (semitones(out[from + 4]) - semitones(out[from + 2]));
    double spread = voiced * sumXx - sumX * sumX;
    out[to + 2] = voiced < 2 ? 0 : (float) ((voiced * sumXy - sumX * sumY) / spread);
  }

  private static double semitones(double hz) {
    return 12 * Math.log(hz) / Math.log(2);
  }
}
