package io.gemoclap.features;

import java.io.Serializable;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Standardises features with the statistics of their group, shrunk towards a prior.
 *
 * <p>For a group of n segments with mean m and variance v, and a prior of weight κ with mean M and
 * deviation D, a value x of a column becomes (x − μ) / σ with μ = (n·m + κ·M) / (n + κ) and σ² =
 * (n·v + κ·D²) / (n + κ). So a recording of many segments is measured by itself, a single segment
 * mostly by the prior, and σ is never 0. Immutable and thread-safe; get one from {@link
 * NormalizationSpec#normalizer()}.
 *
 * @hidden
 */
@Internal
public final class FeatureNormalizer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double weight;
  private final double[] means;
  private final double[] variances;
  private final String digest;

  FeatureNormalizer(NormalizationSpec spec) {
    weight = spec.priorWeight();
    means = spec.means().stream().mapToDouble(Float::doubleValue).toArray();
    variances = spec.deviations().stream().mapToDouble(d -> (double) d * d).toArray();
    digest = FeatureOrigin.digest(spec);
  }

  /** The digest of the statistics, as a {@link FeatureOrigin} has it. */
  String digest() {
    return digest;
  }

  /**
   * Standardises one segment.
   *
   * @param segment frames × dims, in the units that the features come in
   * @param group statistics of the segment's group, the segment included; {@link
   *     GroupStatistics#none()} for a group that nothing is known of, which leaves the prior alone
   * @return a new matrix of the same shape, without unit
   * @throws IllegalArgumentException if the prior or the group has another number of columns
   */
  public FeatureMatrix normalize(FeatureMatrix segment, GroupStatistics group) {
    int dims = segment.dims();
    long n = group.segments();
    if (dims != means.length || (n > 0 && group.dims() != dims)) {
      throw new IllegalArgumentException(
          "Column counts differ: features %s, group statistics %s, normalisation %s"
              .formatted(dims, group.dims(), means.length));
    }
    double[] centre = new double[dims];
    double[] scale = new double[dims];
    for (int d = 0; d < dims; d++) {
      double mean = n == 0 ? 0 : n * group.mean(d);
      double variance = n == 0 ? 0 : n * group.variance(d);
      centre[d] = (mean + weight * means[d]) / (n + weight);
      scale[d] = Math.sqrt((n + weight) / (variance + weight * variances[d]));
    }
    float[] values = segment.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - centre[i % dims]) * scale[i % dims]);
    }
    return FeatureMatrix.of(segment.frames(), dims, values);
  }
}
