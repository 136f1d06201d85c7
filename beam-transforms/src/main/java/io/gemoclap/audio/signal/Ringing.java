package io.gemoclap.audio.signal;

/**
 * The output of a cascade of second-order filters without input: one decaying oscillation a
 * section. Fitted by least squares to the first output of filters that started from rest, it is the
 * part of that output which stems from the start, and not from the signal. Not thread-safe.
 */
final class Ringing {
  /** Keeps the equations solvable where there are fewer samples than unknowns. */
  private static final double RIDGE = 1e-12;

  private static final double INAUDIBLE = 1e-20;

  /** Poles of the sections, one of each conjugate pair. */
  private final double[] re;

  private final double[] im;

  /** The oscillations at the next sample; their real parts add up to the ringing. */
  private final double[] re0;

  private final double[] im0;
  private boolean over;

  Ringing(Biquad[] sections) {
    re = new double[sections.length];
    im = new double[sections.length];
    re0 = new double[sections.length];
    im0 = new double[sections.length];
    for (int i = 0; i < sections.length; i++) {
      re[i] = sections[i].poleReal();
      im[i] = sections[i].poleImaginary();
    }
  }

  /** Finds the ringing that is closest to the first {@code count} outputs; it begins with them. */
  void fit(double[] outputs, int count) {
    int unknowns = 2 * re.length;
    double[][] gram = new double[unknowns][unknowns];
    double[] right = new double[unknowns];
    double[] basis = new double[unknowns];
    for (int k = 0; k < unknowns; k += 2) {
      basis[k] = 1;
    }
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < unknowns; i++) {
        right[i] += basis[i] * outputs[n];
        for (int j = 0; j <= i; j++) {
          gram[i][j] += basis[i] * basis[j];
        }
      }
      for (int k = 0; k < re.length; k++) {
        double real = basis[2 * k] * re[k] - basis[2 * k + 1] * im[k];
        basis[2 * k + 1] = basis[2 * k] * im[k] + basis[2 * k + 1] * re[k];
        basis[2 * k] = real;
      }
    }
    double[] weights = solve(gram, right, RIDGE * Math.max(1, count));
    for (int k = 0; k < re.length; k++) {
      // The real part of (a - ib) z is a Re z + b Im z.
      re0[k] = weights[2 * k];
      im0[k] = -weights[2 * k + 1];
    }
  }

  /** Whether nothing of it can be heard any more; it is zero from now on. */
  boolean over() {
    return over;
  }

  /** The ringing at the next sample. */
  double next() {
    if (over) {
      return 0;
    }
    double sum = 0;
    double size = 0;
    for (int k = 0; k < re.length; k++) {
      sum += re0[k];
      size += Math.abs(re0[k]) + Math.abs(im0[k]);
      double real = re0[k] * re[k] - im0[k] * im[k];
      im0[k] = re0[k] * im[k] + im0[k] * re[k];
      re0[k] = real;
    }
    over = size < INAUDIBLE;
    return sum;
  }

  /** Solves by Cholesky's decomposition; only the lower triangle of the matrix is read. */
  private static double[] solve(double[][] matrix, double[] right, double ridge) {
    int size = right.length;
    double[][] lower = new double[size][size];
    double[] solution = right.clone();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j] + (i == j ? ridge : 0);
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(rest, ridge)) : rest / lower[j][j];
      }
      for (int j = 0; j < i; j++) {
        solution[i] -= lower[i][j] * solution[j];
      }
      solution[i] /= lower[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int j = i + 1; j < size; j++) {
        solution[i] -= lower[j][i] * solution[j];
      }
      solution[i] /= lower[i][i];
    }
    return solution;
  }
}
