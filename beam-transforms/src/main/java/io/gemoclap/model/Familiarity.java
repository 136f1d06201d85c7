package io.gemoclap.model;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.weights.FloatTensor;
import java.util.Map;
import org.apache.beam.sdk.annotations.Internal;

/**
 * How far a segment's features lie from those that a model was trained on: d = √((x − μ)ᵀ Σ⁻¹ (x −
 * μ) / n), the Mahalanobis distance of its n normalised features, per feature (Lee et al. 2018
 * measure hidden layers so). About 1 for speech like the training data, at most 1000.
 *
 * <p>Σ is the covariance of the training features, shrunk by a tenth towards a multiple of the
 * identity with the same trace (Ledoit and Wolf 2004). Immutable and thread-safe.
 *
 * @hidden
 */
@Internal
public final class Familiarity {
  /** The distance of a segment of which it is not known. */
  public static final double UNKNOWN = -1;

  private static final String MEAN = "mean";
  private static final String WHITENING = "whitening";
  private static final double SHRINKAGE = 0.1;
  private static final double FURTHEST = 1000;

  private final float[] mean;

  /** Row by row the lower triangle W with WᵀW = Σ⁻¹, zeros above it. */
  private final float[] whitening;

  private Familiarity(float[] mean, float[] whitening) {
    this.mean = mean;
    this.whitening = whitening;
  }

  /**
   * Measures by the mean and covariance of training features.
   *
   * @param covariance n × n, symmetric
   * @throws IllegalArgumentException if no feature varies
   */
  public static Familiarity of(double[] mean, double[][] covariance) {
    int n = mean.length;
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += covariance[i][i];
    }
    if (!(trace > 0)) {
      throw new IllegalArgumentException("No feature of the training data varies");
    }
    double[][] sigma = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        sigma[i][j] = (1 - SHRINKAGE) * covariance[i][j] + (i == j ? SHRINKAGE * trace / n : 0);
      }
    }
    float[] whitening = new float[n * n];
    double[][] inverse = inverseOfLower(cholesky(sigma));
    float[] centre = new float[n];
    for (int i = 0; i < n; i++) {
      centre[i] = (float) mean[i];
      for (int j = 0; j <= i; j++) {
        whitening[i * n + j] = (float) inverse[i][j];
      }
    }
    return new Familiarity(centre, whitening);
  }

  /** The lower triangle L with LLᵀ = a, which is positive definite. */
  private static double[][] cholesky(double[][] a) {
    int n = a.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    return lower;
  }

  private static double[][] inverseOfLower(double[][] lower) {
    int n = lower.length;
    double[][] inverse = new double[n][n];
    for (int j = 0; j < n; j++) {
      inverse[j][j] = 1 / lower[j][j];
      for (int i = j + 1; i < n; i++) {
        double sum = 0;
        for (int k = j; k < i; k++) {
          sum -= lower[i][k] * inverse[k][j];
        }
        inverse[i][j] = sum / lower[i][i];
      }
    }
    return inverse;
  }

  /**
   * Reads what {@link #tensors} gave.
   *
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  static Familiarity of(Map<String, FloatTensor> tensors) {
    FloatTensor mean = tensors.get(MEAN);
    FloatTensor whitening = tensors.get(WHITENING);
    if (mean == null || whitening == null || mean.shape().length != 1) {
      throw new IllegalArgumentException(
          "it lacks a vector '%s' or '%s'".formatted(MEAN, WHITENING));
    }
    long n = mean.values().length;
    if (n == 0
        || whitening.shape().length != 2
        || whitening.shape()[0] != n
        || whitening.shape()[1] != n) {
      throw new IllegalArgumentException(
          "'%s' is not a square matrix of the %s features of '%s'".formatted(WHITENING, n, MEAN));
    }
    return new Familiarity(mean.values(), whitening.values());
  }

  /** As a file of a bundle holds it. */
  Map<String, FloatTensor> tensors() {
    long n = mean.length;
    return Map.of(
        MEAN, new FloatTensor(mean, new long[] {n}),
        WHITENING, new FloatTensor(whitening, new long[] {n, n}));
  }

  /** The number of features. */
  int dims() {
    return mean.length;
  }

  /**
   * The distance of a segment.
   *
   * @param segment as a model takes it, with the n measured columns first; its rows are averaged
   * @return from 0 to 1000, which also stands for values that are not finite
   * @throws IllegalArgumentException if it has fewer columns
   */
  public double distance(FeatureMatrix segment) {
    double[] x = row(segment, mean.length);
    int n = mean.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double z = 0;
      for (int j = 0; j <= i; j++) {
        z += whitening[i * n + j] * (x[j] - mean[j]);
      }
      sum += z * z;
    }
    double distance = Math.sqrt(sum / n);
    return distance < FURTHEST ? distance : FURTHEST;
  }

  /** The mean of the rows of a matrix, of its first columns. */
  public static double[] row(FeatureMatrix segment, int columns) {
    if (segment.dims() < columns) {
      throw new IllegalArgumentException(
          "The features have %s columns, but %s are to be measured"
              .formatted(segment.dims(), columns));
    }
    double[] row = new double[columns];
    for (int frame = 0; frame < segment.frames(); frame++) {
      for (int d = 0; d < columns; d++) {
        row[d] += (double) segment.value(frame, d) / segment.frames();
      }
    }
    return row;
  }
}
