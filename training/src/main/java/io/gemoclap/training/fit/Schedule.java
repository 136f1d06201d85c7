package io.gemoclap.training.fit;

import io.gemoclap.training.fit.TrainConfig.Decay;

/** Linear warm-up, then a fall to zero: the factor on the learning rate of a step. */
record Schedule(int steps, double warmup, Decay decay) {

  /** Factor in [0, 1] of step {@code step}, counted from 0. */
  double factor(int step) {
    double rising = warmup * steps;
    double warm = Math.min(1, (step + 1) / Math.max(1, rising));
    double done = Math.min(1, (double) step / steps);
    return warm
        * switch (decay) {
          case COSINE -> 0.5 * (1 + Math.cos(Math.PI * done));
          case LINEAR -> 1 - done;
        };
  }
}
