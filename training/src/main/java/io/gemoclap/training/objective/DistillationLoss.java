package io.gemoclap.training.objective;

import ai.djl.ndarray.NDArray;
import io.gemoclap.model.blocks.Tensors;

/**
 * The loss by which a small text encoder, the student, learns the similarities of a large one, the
 * teacher (relational distillation as of SEED, Fang et al. 2021): each row's distribution over the
 * columns is {@code softmax(scale · cosine)}, and the loss is {@code KL(teacher ‖ student)},
 * averaged over the rows. The vectors of the two may have different sizes. Immutable, thread-safe.
 *
 * @param teacherScale factor of the teacher's cosines, positive
 * @param studentScale factor of the student's cosines, positive
 */
public record DistillationLoss(double teacherScale, double studentScale) {

  /**
   * The loss, a scalar tensor that is zero where the distributions agree.
   *
   * @param rows unit vectors of the student, (N, d)
   * @param columns unit vectors of the student, (M, d)
   * @param teacherRows unit vectors of the teacher for the same N texts
   * @param teacherColumns unit vectors of the teacher for the same M texts
   */
  public NDArray of(
      NDArray rows, NDArray columns, float[][] teacherRows, float[][] teacherColumns) {
    double[][] target = target(teacherRows, teacherColumns);
    NDArray log = Tensors.scale(rows.matMul(columns.transpose()), studentScale).logSoftmax(1);
    float[] flat = new float[target.length * teacherColumns.length];
    double negativeEntropy = 0;
    int at = 0;
    for (double[] row : target) {
      for (double p : row) {
        negativeEntropy += p > 0 ? p * Math.log(p) : 0;
        flat[at++] = (float) p;
      }
    }
    NDArray p = Tensors.floats(rows.getManager(), flat, target.length, teacherColumns.length);
    NDArray cross = Tensors.scale(log.mul(p).sum(), -1.0 / target.length);
    return Tensors.shift(cross, negativeEntropy / target.length);
  }

  /** The teacher's distributions, (N, M). */
  double[][] target(float[][] rows, float[][] columns) {
    double[][] target = new double[rows.length][columns.length];
    for (int i = 0; i < rows.length; i++) {
      double sum = 0;
      for (int j = 0; j < columns.length; j++) {
        double cosine = 0;
        for (int k = 0; k < rows[i].length; k++) {
          cosine += (double) rows[i][k] * columns[j][k];
        }
        // No overflow: cosines are at most 1.
        target[i][j] = Math.exp(teacherScale * (cosine - 1));
        sum += target[i][j];
      }
      for (int j = 0; j < columns.length; j++) {
        target[i][j] /= sum;
      }
    }
    return target;
  }
}
