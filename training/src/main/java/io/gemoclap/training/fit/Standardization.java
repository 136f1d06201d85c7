package io.gemoclap.training.fit;

import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.training.augment.FeatureTable;
import io.gemoclap.training.corpus.Utterance;
import java.util.List;

/** Mean and deviation of every feature column over all versions of the training utterances. */
@SuppressWarnings("ArrayRecordComponent") // lives inside one method, never compared
record Standardization(float[] means, float[] scales) {

  static Standardization of(List<Utterance> utterances, FeatureTable features) {
    int dims = features.clean(utterances.get(0)).dims();
    double[] sum = new double[dims];
    double[] squares = new double[dims];
    long rows = 0;
    for (Utterance utterance : utterances) {
      for (FeatureMatrix matrix : features.versions(utterance)) {
        float[] values = matrix.values();
        for (int i = 0; i < values.length; i++) {
          sum[i % dims] += values[i];
          squares[i % dims] += (double) values[i] * values[i];
        }
        rows += matrix.frames();
      }
    }
    float[] means = new float[dims];
    float[] scales = new float[dims];
    for (int d = 0; d < dims; d++) {
      double mean = sum[d] / rows;
      means[d] = (float) mean;
      scales[d] = (float) (1 / Math.sqrt(Math.max(squares[d] / rows - mean * mean, 1e-8)));
    }
    return new Standardization(means, scales);
  }

  void applyTo(TwoTowers towers, NDManager manager) {
    towers.standardize(manager, means, scales);
  }
}
