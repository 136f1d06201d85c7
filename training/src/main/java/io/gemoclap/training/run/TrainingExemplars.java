package io.gemoclap.training.run;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.Exemplars;
import io.gemoclap.model.Exemplars.Exemplar;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chooses what a bundle keeps of its training part: of each label the utterances whose mean stays
 * closest to that of all (herding, as iCaRL chooses its exemplars: Rebuffi et al. 2017).
 */
final class TrainingExemplars {
  private TrainingExemplars() {}

  /**
   * Chooses among the utterances as recorded, at the levels of normalisation that are drawn for
   * training.
   *
   * @param most exemplars of a label
   * @return null for frames and waveforms, which would be as large as the corpus
   */
  static Exemplars of(FeatureSpec spec, Examples training, int most) throws IOException {
    if (!spec.functionals()) {
      return null;
    }
    Map<String, List<FeatureMatrix>> byLabel = new TreeMap<>();
    training.forEach(
        example ->
            byLabel
                .computeIfAbsent(example.utterance().emotion(), label -> new ArrayList<>())
                .add(example.clean()));
    List<Exemplar> chosen = new ArrayList<>();
    byLabel.forEach(
        (label, rows) -> herd(rows, most).forEach(row -> chosen.add(new Exemplar(row, label))));
    return new Exemplars(chosen);
  }

  /** The rows whose running mean stays closest to the mean of all, in the order of their choice. */
  static List<FeatureMatrix> herd(List<FeatureMatrix> rows, int most) {
    int dims = rows.get(0).dims();
    double[] mean = new double[dims];
    for (FeatureMatrix row : rows) {
      for (int d = 0; d < dims; d++) {
        mean[d] += row.value(0, d) / rows.size();
      }
    }
    List<FeatureMatrix> left = new ArrayList<>(rows);
    List<FeatureMatrix> chosen = new ArrayList<>();
    double[] sum = new double[dims];
    while (chosen.size() < most && !left.isEmpty()) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < left.size(); i++) {
        double distance = 0;
        for (int d = 0; d < dims; d++) {
          double moved = mean[d] - (sum[d] + left.get(i).value(0, d)) / (chosen.size() + 1);
          distance += moved * moved;
        }
        if (distance < least) {
          least = distance;
          best = i;
        }
      }
      FeatureMatrix row = left.remove(best);
      chosen.add(row);
      for (int d = 0; d < dims; d++) {
        sum[d] += row.value(0, d);
      }
    }
    return chosen;
  }
}
