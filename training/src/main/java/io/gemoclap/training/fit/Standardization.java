package io.gemoclap.training.fit;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.training.robustness.DegradationShare;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Mean and deviation of every feature column over all versions of the training utterances; and how
 * much of a column is worth listening to.
 */
@SuppressWarnings("ArrayRecordComponent") // lives inside one method, never compared
record Standardization(float[] means, float[] scales) {
  private static final double LEAST_VARIANCE = 1e-8;

  /**
   * Streams the examples once.
   *
   * @param degraded how many of the last versions of each example are degraded copies. Above 0, a
   *     column's scale is multiplied by the share of its variance that is not due to degradation (
   *     {@link DegradationShare}), so that columns that degradations change more than voices do weigh
   *     less
   */
  static Standardization of(Examples examples, int degraded) throws IOException {
    double[] sum = null;
    double[] squares = null;
    DegradationShare share = new DegradationShare();
    long rows = 0;
    try (Examples.Reading reading = examples.read(new SplittableRandom(0))) {
      while (reading.hasNext()) {
        Example example = reading.next();
        for (FeatureMatrix matrix : example.versions()) {
          int dims = matrix.dims();
          sum = sum == null ? new double[dims] : sum;
          squares = squares == null ? new double[dims] : squares;
          float[] values = matrix.values();
          for (int i = 0; i < values.length; i++) {
            sum[i % dims] += values[i];
            squares[i % dims] += (double) values[i] * values[i];
          }
          rows += matrix.frames();
        }
        if (degraded > 0) {
          List<FeatureMatrix> all = example.versions();
          share.add(example.clean(), all.subList(all.size() - degraded, all.size()));
        }
      }
    }
    if (sum == null) {
      throw new IOException("There is no utterance to train on");
    }
    float[] means = new float[sum.length];
    float[] scales = new float[sum.length];
    for (int d = 0; d < sum.length; d++) {
      double mean = sum[d] / rows;
      means[d] = (float) mean;
      double variance = Math.max(squares[d] / rows - mean * mean, LEAST_VARIANCE);
      double kept = degraded > 0 ? 1 - share.of(d) : 1;
      scales[d] = (float) (kept / Math.sqrt(variance));
    }
    return new Standardization(means, scales);
  }
}
