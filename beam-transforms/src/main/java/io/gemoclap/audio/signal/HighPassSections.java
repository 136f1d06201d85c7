package io.gemoclap.audio.signal;

/**
 * Two high-pass filters of second order, one after the other, for one stream of samples. Computes
 * what several calls of {@link Biquad#next} would, but so that a sample waits for no more than one
 * product and one sum of the sample before. Not thread-safe.
 */
final class HighPassSections {
  /** Most samples in one call. */
  static final int LARGEST = 1_024;

  private static final int SETTLED_EVERY = 1_024;
  private static final double INAUDIBLE = 1e-30;

  private final double gain;

  /** Feedback of each section, of the last output and of the one before. */
  private final double a1;

  private final double a2;
  private final double b1;
  private final double b2;

  /** Last input, and its difference to the one before. */
  private double x;

  private double dx;

  /** Last outputs of the first section, and their difference. */
  private double y;

  private double y2;

  /** Last outputs of the second section. */
  private double z;

  private double z2;
  private int unsettled;

  HighPassSections(Biquad first, Biquad second) {
    gain = first.gain() * second.gain();
    a1 = first.feedback();
    a2 = first.laterFeedback();
    b1 = second.feedback();
    b2 = second.laterFeedback();
  }

  /** Filters samples; at most {@link #LARGEST}. */
  void filter(float[] samples, int from, int count, double[] out) {
    int first = Math.min(count, SETTLED_EVERY - unsettled);
    run(samples, from, out, 0, first);
    unsettled += first;
    if (unsettled == SETTLED_EVERY) {
      settle();
      run(samples, from + first, out, first, count - first);
      unsettled = count - first;
    }
  }

  private void run(float[] samples, int from, double[] out, int to, int count) {
    double lastX = x;
    double lastDx = dx;
    double lastY = y;
    double secondY = y2;
    double lastZ = z;
    double secondZ = z2;
    for (int i = 0; i < count; i++) {
      double newX = samples[from + i];
      double newDx = newX - lastX;
      double newY = (newDx - lastDx - a2 * secondY) - a1 * lastY;
      double newZ = (newY - lastY - (lastY - secondY) - b2 * secondZ) - b1 * lastZ;
      out[to + i] = gain * newZ;
      lastX = newX;
      lastDx = newDx;
      secondY = lastY;
      lastY = newY;
      secondZ = lastZ;
      lastZ = newZ;
    }
    x = lastX;
    dx = lastDx;
    y = lastY;
    y2 = secondY;
    z = lastZ;
    z2 = secondZ;
  }

  /**
   * Sets an inaudible echo to zero: in silence it would become denormal numbers, which are slow.
   */
  private void settle() {
    if (x == 0 && dx == 0 && Math.abs(y) + Math.abs(y2) + Math.abs(z) + Math.abs(z2) < INAUDIBLE) {
      y = 0;
      y2 = 0;
      z = 0;
      z2 = 0;
    }
  }
}
