package io.gemoclap.training.run;

import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.Familiarity;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How the features of a training part are spread: what {@link Familiarity} measures by. */
final class TrainingSpread {
  private TrainingSpread() {}

  /**
   * Measures the training part as recorded, at the levels of normalisation that are drawn for
   * training.
   *
   * @param normalization null if there is none; by a hierarchical one, the columns for emotion
   *     count alone
   * @return null for frames and waveforms, whose columns do not describe a segment, and for fewer
   *     than two utterances
   */
  static Familiarity of(FeatureSpec spec, NormalizationSpec normalization, Examples training)
      throws IOException {
    if (!spec.functionals() || training.size() < 2) {
      return null;
    }
    List<double[]> rows = new ArrayList<>();
    training.forEach(
        example -> {
          int columns = normalization == null ? example.clean().dims() : normalization.dims();
          rows.add(Familiarity.row(example.clean(), columns));
        });
    int n = rows.get(0).length;
    double[] mean = new double[n];
    for (double[] row : rows) {
      for (int i = 0; i < n; i++) {
        mean[i] += row[i] / rows.size();
      }
    }
    double[][] covariance = new double[n][n];
    for (double[] row : rows) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          covariance[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / rows.size();
        }
      }
    }
    return Familiarity.of(mean, covariance);
  }
}
