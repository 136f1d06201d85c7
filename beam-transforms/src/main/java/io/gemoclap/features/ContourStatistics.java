package io.gemoclap.features;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of a contour over selected frames, all frames where the selection is null. Without any
 * frame, every statistic is 0.
 */
final class ContourStatistics {
  private ContourStatistics() {}

  static double mean(double[] x, boolean @Nullable [] selected) {
    double sum = 0;
    int count = 0;
    for (int t = 0; t < x.length; t++) {
      if (selected == null || selected[t]) {
        sum += x[t];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  static double deviation(double[] x, boolean @Nullable [] selected) {
    double mean = mean(x, selected);
    double squares = 0;
    int count = 0;
    for (int t = 0; t < x.length; t++) {
      if (selected == null || selected[t]) {
        squares += (x[t] - mean) * (x[t] - mean);
        count++;
      }
    }
    return count == 0 ? 0 : Math.sqrt(squares / count);
  }

  static double meanMagnitude(double[] x) {
    return x.length == 0 ? 0 : Arrays.stream(x).map(Math::abs).sum() / x.length;
  }

  static double sharePositive(double[] x) {
    return x.length == 0 ? 0 : Arrays.stream(x).filter(v -> v > 0).count() / (double) x.length;
  }

  static double[] sorted(double[] x, boolean @Nullable [] selected) {
    double[] values = new double[x.length];
    int count = 0;
    for (int t = 0; t < x.length; t++) {
      if (selected == null || selected[t]) {
        values[count++] = x[t];
      }
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Linear interpolation between order statistics, as NumPy's default. */
  static double quantile(double[] sorted, double q) {
    if (sorted.length == 0) {
      return 0;
    }
    double place = q * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Least-squares rise from the middle of the segment to its end. */
  static double slope(double[] x, boolean @Nullable [] selected) {
    double mean = mean(x, selected);
    double products = 0;
    double squares = 0;
    for (int t = 0; t < x.length; t++) {
      if (selected == null || selected[t]) {
        double time = x.length == 1 ? 0 : 2.0 * t / (x.length - 1) - 1;
        products += (x[t] - mean) * time;
        squares += time * time;
      }
    }
    return squares < 1e-6 ? 0 : products / squares;
  }
}
