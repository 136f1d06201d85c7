package io.gemoclap.model;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.weights.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.annotations.Internal;

/**
 * A few examples of what a model was trained on, which its bundle keeps: who trains the model
 * further repeats them, so that it does not forget what it knew (exemplars of Rebuffi et al.,
 * iCaRL, 2017). Statistics of whole segments alone, one row a segment, from which no speech can be
 * made again. Immutable.
 *
 * @param all in the order of the file
 * @hidden
 */
@Internal
public record Exemplars(List<Exemplar> all) {
  private static final String FEATURES = "features";
  private static final String LABELS = "labels";

  /**
   * One of them.
   *
   * @param features a row of features, as the model takes them
   * @param label its emotion
   * @hidden
   */
  @Internal
  public record Exemplar(FeatureMatrix features, String label) {}

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is none, or features are not one row of the same
   *     columns
   */
  public Exemplars {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("There is no exemplar");
    }
    int dims = all.get(0).features().dims();
    for (Exemplar each : all) {
      if (each.features().frames() != 1 || each.features().dims() != dims) {
        throw new IllegalArgumentException(
            "An exemplar is %s, but must be one row of %s columns"
                .formatted(each.features(), dims));
      }
    }
  }

  /**
   * Reads what {@link #tensors} gave.
   *
   * @param labels of the bundle, in its order
   * @throws IllegalArgumentException if a tensor is missing, has another shape, or names a label
   *     that the bundle lacks
   */
  static Exemplars of(Map<String, FloatTensor> tensors, List<String> labels) {
    FloatTensor features = tensors.get(FEATURES);
    FloatTensor indices = tensors.get(LABELS);
    if (features == null || indices == null || features.shape().length != 2) {
      throw new IllegalArgumentException(
          "it lacks a matrix '%s' or a vector '%s'".formatted(FEATURES, LABELS));
    }
    int n = indices.values().length;
    if (features.shape()[0] != n || features.shape()[1] < 1) {
      throw new IllegalArgumentException(
          "'%s' has not one row for each of the %s '%s'".formatted(FEATURES, n, LABELS));
    }
    int dims = Math.toIntExact(features.shape()[1]);
    List<Exemplar> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int label = (int) indices.values()[i];
      if (label < 0 || label >= labels.size()) {
        throw new IllegalArgumentException(
            "label %s is none of the bundle's %s".formatted(label, labels.size()));
      }
      float[] row = Arrays.copyOfRange(features.values(), i * dims, (i + 1) * dims);
      all.add(new Exemplar(FeatureMatrix.of(1, dims, row), labels.get(label)));
    }
    return new Exemplars(all);
  }

  /**
   * As a file of a bundle holds them.
   *
   * @param labels of the bundle, which are those of all exemplars and perhaps others
   */
  Map<String, FloatTensor> tensors(List<String> labels) {
    int dims = all.get(0).features().dims();
    float[] features = new float[all.size() * dims];
    float[] indices = new float[all.size()];
    for (int i = 0; i < all.size(); i++) {
      System.arraycopy(all.get(i).features().values(), 0, features, i * dims, dims);
      indices[i] = labels.indexOf(all.get(i).label());
      if (indices[i] < 0) {
        throw new IllegalArgumentException(
            "An exemplar has the label '%s', which the bundle lacks".formatted(all.get(i).label()));
      }
    }
    return Map.of(
        FEATURES, new FloatTensor(features, new long[] {all.size(), dims}),
        LABELS, new FloatTensor(indices, new long[] {all.size()}));
  }
}
