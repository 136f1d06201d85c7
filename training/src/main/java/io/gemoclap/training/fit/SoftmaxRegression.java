package io.gemoclap.training.fit;

import com.google.common.primitives.Ints;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.training.example.Examples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Multinomial logistic regression on rows of statistics: the baseline for the two towers.
 * Standardised by its training part, penalised by half the squared weights, fitted to the end by
 * gradient descent with momentum. Deterministic. Immutable once fitted.
 */
public final class SoftmaxRegression {
  private static final int STEPS = 400;
  private static final double RATE = 0.05;
  private static final double MOMENTUM = 0.9;
  private static final float CLIP = 4;

  private final float[] means;
  private final float[] scales;
  private final double[][] weights;

  private SoftmaxRegression(Standardization standardization, int classes) {
    means = standardization.means();
    scales = standardization.scales();
    weights = new double[classes][means.length + 1];
  }

  /**
   * Fits to the recordings as they are, without perturbed copies.
   *
   * @param labels classes in order
   * @param penalty weight of half the squared weights, in [0, 1]
   * @throws IllegalArgumentException when an example has several rows
   */
  public static SoftmaxRegression fit(Examples examples, List<String> labels, double penalty)
      throws IOException {
    SoftmaxRegression model = new SoftmaxRegression(Standardization.of(examples), labels.size());
    List<double[]> rows = new ArrayList<>();
    List<Integer> truths = new ArrayList<>();
    examples.forEach(
        example -> {
          rows.add(model.row(example.clean()));
          truths.add(labels.indexOf(example.utterance().emotion()));
        });
    model.descend(rows.toArray(double[][]::new), Ints.toArray(truths), penalty);
    return model;
  }

  private double[] row(FeatureMatrix matrix) {
    if (matrix.frames() != 1) {
      throw new IllegalArgumentException(
          "The baseline needs one row of statistics per segment, not " + matrix.frames());
    }
    double[] row = new double[means.length + 1];
    for (int d = 0; d < means.length; d++) {
      float z = (matrix.value(0, d) - means[d]) * scales[d];
      row[d] = Math.max(-CLIP, Math.min(CLIP, z));
    }
    row[means.length] = 1;
    return row;
  }

  private void descend(double[][] rows, int[] truths, double penalty) {
    int classes = weights.length;
    double[][] velocity = new double[classes][weights[0].length];
    for (int step = 0; step < STEPS; step++) {
      double[][] gradient = new double[classes][weights[0].length];
      for (int i = 0; i < rows.length; i++) {
        double[] p = softmax(scores(rows[i]));
        for (int c = 0; c < classes; c++) {
          double error = (p[c] - (truths[i] == c ? 1 : 0)) / rows.length;
          for (int d = 0; d < rows[i].length; d++) {
            gradient[c][d] += error * rows[i][d];
          }
        }
      }
      for (int c = 0; c < classes; c++) {
        for (int d = 0; d < gradient[c].length; d++) {
          double pull = d < means.length ? penalty * weights[c][d] : 0;
          velocity[c][d] = MOMENTUM * velocity[c][d] - RATE * (gradient[c][d] + pull);
          weights[c][d] += velocity[c][d];
        }
      }
    }
  }

  private double[] scores(double[] row) {
    double[] scores = new double[weights.length];
    for (int c = 0; c < scores.length; c++) {
      for (int d = 0; d < row.length; d++) {
        scores[c] += weights[c][d] * row[d];
      }
    }
    return scores;
  }

  private static double[] softmax(double[] scores) {
    double most = Arrays.stream(scores).max().orElseThrow();
    double[] p = Arrays.stream(scores).map(x -> Math.exp(x - most)).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }

  /** Logits of the classes for one row of statistics. */
  public double[] logits(FeatureMatrix matrix) {
    return scores(row(matrix));
  }
}
