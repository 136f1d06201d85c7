package io.gemoclap.features;

import java.io.Serializable;

/**
 * What is expected of every feature column at one level of the hierarchy: training corpus, archive,
 * recording or speaker.
 *
 * <p>A level's statistics shrink towards the level above. With n segments of mean m and variance v,
 * and a level above of mean M, variance V and weight κ (in segments), they are μ = (n·m + κ·M) / (n
 * + κ) and σ² = (n·v + κ·V) / (n + κ). With no segment, the level above alone counts; with many,
 * the level's own. Immutable and thread-safe.
 */
final class NormalizationLevel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] means;
  private final double[] variances;

  private NormalizationLevel(double[] means, double[] variances) {
    this.means = means;
    this.variances = variances;
  }

  /** The level of the training corpus, which has none above. */
  static NormalizationLevel corpus(NormalizationSpec spec) {
    return new NormalizationLevel(
        spec.means().stream().mapToDouble(Float::doubleValue).toArray(),
        spec.deviations().stream().mapToDouble(d -> (double) d * d).toArray());
  }

  /** The number of columns. */
  int dims() {
    return means.length;
  }

  /**
   * A level below this one.
   *
   * @param own statistics of its segments; may be of none
   * @param weight κ: how many segments this level weighs as much as; above 0
   * @throws IllegalArgumentException if {@code own} has other columns
   */
  NormalizationLevel below(GroupStatistics own, double weight) {
    long n = own.segments();
    if (n == 0) {
      return this;
    }
    if (own.dims() != dims()) {
      throw new IllegalArgumentException(
          "Column counts differ: statistics %s, normalisation %s".formatted(own.dims(), dims()));
    }
    double[] shrunkMeans = new double[dims()];
    double[] shrunkVariances = new double[dims()];
    for (int d = 0; d < shrunkMeans.length; d++) {
      shrunkMeans[d] = (n * own.mean(d) + weight * means[d]) / (n + weight);
      shrunkVariances[d] = (n * own.variance(d) + weight * variances[d]) / (n + weight);
    }
    return new NormalizationLevel(shrunkMeans, shrunkVariances);
  }

  /**
   * Writes (x − μ) / σ of every value.
   *
   * @param segment frames × {@link #dims()}
   * @param into frames × width
   * @param width columns of {@code into}
   * @param at column of {@code into} for the first of the segment
   */
  void standardize(FeatureMatrix segment, float[] into, int width, int at) {
    float[] values = segment.values();
    int dims = dims();
    for (int d = 0; d < dims; d++) {
      double scale = 1 / Math.sqrt(variances[d]);
      for (int frame = 0; frame < segment.frames(); frame++) {
        into[frame * width + at + d] = (float) ((values[frame * dims + d] - means[d]) * scale);
      }
    }
  }
}
