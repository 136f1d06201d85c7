package io.gemoclap.training.fit;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.util.SplittableRandom;

/** Mean and deviation of every feature column over all versions of the training utterances. */
@SuppressWarnings("ArrayRecordComponent") // lives inside one method, never compared
record Standardization(float[] means, float[] scales) {
  private static final double LEAST_VARIANCE = 1e-8;

  /** Streams the examples once. */
  static Standardization of(Examples examples) throws IOException {
    double[] sum = null;
    double[] squares = null;
    long rows = 0;
    try (Examples.Reading reading = examples.read(new SplittableRandom(0))) {
      while (reading.hasNext()) {
        for (FeatureMatrix matrix : reading.next().versions()) {
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
      scales[d] = (float) (1 / Math.sqrt(variance));
    }
    return new Standardization(means, scales);
  }
}
