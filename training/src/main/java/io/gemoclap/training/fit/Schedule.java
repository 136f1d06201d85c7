package io.gemoclap.training.fit;

/** Linear warm-up, then half a cosine down to zero: the factor on the learning rate of a step. */
record Schedule(int steps, double warmup) {

  /** Factor in [0, 1] of step {@code step}, counted from 0. */
  double factor(int step) {
    double rising = warmup * steps;
    double warm = Math.min(1, (step + 1) / Math.max(1, rising));
    return warm * 0.5 * (1 + Math.cos(Math.PI * step / steps));
  }
}
