package io.gemoclap.teacher;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/** Principal components of vectors. */
final class Components {
  private static final double LARGEST = 127;

  private Components() {}

  /**
   * Projects centred vectors onto their first principal components, scales each to unit length and
   * rounds 127 times its components.
   *
   * @param vectors all of the same length
   * @param dimensions number of components
   */
  static byte[][] reduce(List<float[]> vectors, int dimensions) {
    int size = vectors.get(0).length;
    double[] mean = new double[size];
    for (float[] vector : vectors) {
      for (int i = 0; i < size; i++) {
        mean[i] += vector[i] / vectors.size();
      }
    }
    double[][] centred = new double[vectors.size()][size];
    for (int row = 0; row < centred.length; row++) {
      for (int i = 0; i < size; i++) {
        centred[row][i] = vectors.get(row)[i] - mean[i];
      }
    }
    RealMatrix matrix = new Array2DRowRealMatrix(centred, false);
    // Eigenvalues come in descending order.
    RealMatrix axes =
        new EigenDecomposition(matrix.transpose().multiply(matrix))
            .getV()
            .getSubMatrix(0, size - 1, 0, dimensions - 1);
    double[][] projected = matrix.multiply(axes).getData();
    byte[][] bytes = new byte[projected.length][dimensions];
    for (int row = 0; row < bytes.length; row++) {
      double norm = new Array2DRowRealMatrix(projected[row]).getFrobeniusNorm();
      for (int i = 0; i < dimensions; i++) {
        bytes[row][i] = (byte) Math.round(LARGEST * projected[row][i] / norm);
      }
    }
    return bytes;
  }
}
