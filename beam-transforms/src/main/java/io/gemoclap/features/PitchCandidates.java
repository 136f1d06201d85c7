package io.gemoclap.features;

/**
 * The pitches that one frame may have, each with its probability: the troughs of the difference
 * function under a distribution of thresholds instead of one. The first stage of pYIN (Mauch and
 * Dixon 2014), with the constants of its reference implementation: thresholds distributed as
 * Beta(2, 18); among the troughs below a threshold, short periods favoured by e² a trough; where
 * none is below, the deepest gets a hundredth of the threshold's probability.
 */
final class PitchCandidates {
  private static final int THRESHOLDS = 100;
  private static final double FALL = Math.exp(-2);
  private static final double NO_TROUGH = 0.01;

  private final double[] thresholds = new double[THRESHOLDS];

  /** Share of the first of n troughs below a threshold; each next has e^-2 of the one before. */
  private final double[] firstShares;

  private final int sampleRate;
  private final int minLag;
  private final int maxLag;

  private int count;
  private final float[] hz;
  private final float[] probabilities;
  private final float[] depths;

  PitchCandidates(int sampleRate, int minLag, int maxLag) {
    this.sampleRate = sampleRate;
    this.minLag = minLag;
    this.maxLag = maxLag;
    int most = (maxLag - minLag) / 2 + 1;
    this.hz = new float[most];
    this.probabilities = new float[most];
    this.depths = new float[most];
    this.firstShares = new double[most + 1];
    for (int n = 1; n <= most; n++) {
      firstShares[n] = (1 - FALL) / (1 - Math.pow(FALL, n));
    }
    for (int i = 0; i < THRESHOLDS; i++) {
      thresholds[i] = beta((i + 1.0) / THRESHOLDS) - beta((double) i / THRESHOLDS);
    }
  }

  /** Beta(2, 18)'s distribution function, which is a polynomial. */
  private static double beta(double x) {
    return 1 - Math.pow(1 - x, 19) - 19 * x * Math.pow(1 - x, 18);
  }

  int count() {
    return count;
  }

  float[] hz() {
    return hz;
  }

  float[] probabilities() {
    return probabilities;
  }

  /** A frame without candidates. */
  void none() {
    count = 0;
  }

  /** Finds the candidates of a frame in its difference function over lags. */
  void find(float[] difference) {
    count = 0;
    for (int lag = minLag; lag < maxLag; lag++) {
      float here = difference[lag];
      if (here < difference[lag - 1] && here <= difference[lag + 1]) {
        hz[count] = (float) (sampleRate / (lag + shift(difference, lag)));
        depths[count] = here;
        probabilities[count] = 0;
        count++;
      }
    }
    if (count > 0) {
      weigh();
      dropImpossible();
    }
  }

  /** Where between the samples the parabola through three of them has its vertex. */
  private static double shift(float[] difference, int lag) {
    double slope = (difference[lag + 1] - difference[lag - 1]) / 2.0;
    double bend = difference[lag + 1] + difference[lag - 1] - 2.0 * difference[lag];
    return Math.abs(slope) >= Math.abs(bend) ? 0 : -slope / bend;
  }

  private void weigh() {
    int deepest = 0;
    for (int i = 1; i < count; i++) {
      deepest = depths[i] < depths[deepest] ? i : deepest;
    }
    for (int t = 0; t < THRESHOLDS; t++) {
      double threshold = (t + 1.0) / THRESHOLDS;
      int below = 0;
      for (int i = 0; i < count; i++) {
        below += depths[i] < threshold ? 1 : 0;
      }
      if (below == 0) {
        probabilities[deepest] += (float) (NO_TROUGH * thresholds[t]);
        continue;
      }
      double share = thresholds[t] * firstShares[below];
      for (int i = 0; i < count; i++) {
        if (depths[i] < threshold) {
          probabilities[i] += (float) share;
          share *= FALL;
        }
      }
    }
  }

  private void dropImpossible() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (probabilities[i] > 0) {
        hz[kept] = hz[i];
        probabilities[kept] = probabilities[i];
        kept++;
      }
    }
    count = kept;
  }
}
