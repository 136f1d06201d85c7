package io.gemoclap.features;

/**
 * Derivatives over time by Savitzky and Golay's method, per frame and per frame squared: the
 * derivative of the line, or of the parabola, that fits nine neighbouring frames best. The first
 * and last four frames have the value of the nearest full neighbourhood, which is what the fitted
 * line or parabola says there.
 */
final class Deltas {
  static final int WIDTH = 9;
  private static final int REACH = WIDTH / 2;

  private static final float[][] WEIGHTS = {firstDerivative(), secondDerivative()};

  private Deltas() {}

  private static float[] firstDerivative() {
    double squares = 0;
    for (int i = -REACH; i <= REACH; i++) {
      squares += i * i;
    }
    float[] weights = new float[WIDTH];
    for (int i = -REACH; i <= REACH; i++) {
      weights[i + REACH] = (float) (i / squares);
    }
    return weights;
  }

  /** Twice the leading coefficient of the parabola: weights orthogonal to constants and lines. */
  private static float[] secondDerivative() {
    double squares = 0;
    double fourths = 0;
    for (int i = -REACH; i <= REACH; i++) {
      squares += i * i;
      fourths += (double) i * i * i * i;
    }
    double spread = fourths - squares * squares / WIDTH;
    float[] weights = new float[WIDTH];
    for (int i = -REACH; i <= REACH; i++) {
      weights[i + REACH] = (float) (2 * (i * i - squares / WIDTH) / spread);
    }
    return weights;
  }

  /**
   * Fills the columns {@code order * count} and following with the derivatives of the first {@code
   * count} columns.
   *
   * @param order 1 or 2
   */
  static void write(SpectralColumns.Target to, int frames, int count, int order) {
    float[] weights = WEIGHTS[order - 1];
    float[] values = to.values();
    for (int frame = 0; frame < frames; frame++) {
      int centre = Math.min(Math.max(frame, REACH), frames - 1 - REACH);
      for (int column = 0; column < count; column++) {
        float sum = 0;
        for (int i = 0; i < WIDTH; i++) {
          sum += weights[i] * values[to.index(centre - REACH + i, column)];
        }
        values[to.index(frame, order * count + column)] = sum;
      }
    }
  }
}
