package io.gemoclap.overview;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What needs whole recordings: emotions over the course of recordings, and how much shares of time
 * differ between recordings. Mutable; not thread-safe.
 */
final class Course implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Parts of equal length that a recording has. */
  static final int PARTS = 10;

  /** Stands for segments that the model abstained from; no label is empty. */
  static final String UNCERTAIN = "";

  private static final double NORMAL_95 = 1.959964;

  private final TreeMap<String, double[]> parts = new TreeMap<>();

  /** Of each label: the sum of t², and the sum of t·T. */
  private final TreeMap<String, double[]> products = new TreeMap<>();

  private final TreeMap<String, Double> times = new TreeMap<>();
  private long recordings;
  private double all;
  private double squares;

  /**
   * Adds a recording.
   *
   * @param labels seconds of each label, or {@link #UNCERTAIN}, in each part
   */
  void add(Map<String, double[]> labels) {
    double total = 0;
    for (double[] seconds : labels.values()) {
      total += sum(seconds);
    }
    if (total == 0) {
      return; // It tells nothing about shares of speech.
    }
    recordings++;
    all += total;
    squares += total * total;
    for (Map.Entry<String, double[]> label : labels.entrySet()) {
      double time = sum(label.getValue());
      times.merge(label.getKey(), time, Double::sum);
      addTo(products, label.getKey(), new double[] {time * time, time * total});
      addTo(parts, label.getKey(), label.getValue());
    }
  }

  /** Adds other recordings. */
  Course add(Course other) {
    recordings += other.recordings;
    all += other.all;
    squares += other.squares;
    other.times.forEach((label, time) -> times.merge(label, time, Double::sum));
    other.products.forEach((label, values) -> addTo(products, label, values));
    other.parts.forEach((label, values) -> addTo(parts, label, values));
    return this;
  }

  /** Seconds in each part of the recordings, by label and {@link #UNCERTAIN}. */
  Map<String, double[]> parts() {
    return parts;
  }

  /**
   * Half the width of the 95 % interval of a label's share of time, if the recordings were drawn at
   * random from many: the ratio estimate p = Σt / ΣT over n recordings has the variance n / (n − 1)
   * · Σ(t − p·T)² / (ΣT)² (Cochran 1977, Sampling Techniques, section 6.3).
   *
   * @return NaN for fewer than two recordings
   */
  double halfWidth(String label) {
    if (recordings < 2 || all == 0) {
      return Double.NaN;
    }
    double[] sums = products.getOrDefault(label, new double[2]);
    double p = times.getOrDefault(label, 0.0) / all;
    double residuals = Math.max(0, sums[0] - 2 * p * sums[1] + p * p * squares);
    double n = recordings;
    return NORMAL_95 * Math.sqrt(n / (n - 1) * residuals) / all;
  }

  private static void addTo(Map<String, double[]> sums, String label, double[] values) {
    double[] sum = sums.computeIfAbsent(label, l -> new double[values.length]);
    for (int i = 0; i < values.length; i++) {
      sum[i] += values[i];
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
