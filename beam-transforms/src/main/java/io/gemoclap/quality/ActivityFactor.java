package io.gemoclap.quality;

/**
 * The activity factor of ITU-T Recommendation P.56 (2011), method B: the ratio of a signal's
 * long-term power to its power while it is active. An envelope is compared with a row of
 * thresholds; the one that lies the margin of 15.9 dB below the level of what exceeds it is the
 * threshold of activity. Pauses below 0.2 s count as activity.
 */
final class ActivityFactor {
  private static final double TIME_CONSTANT = 0.03;
  private static final double HANGOVER = 0.2;
  private static final double MARGIN = 15.9;

  /** Thresholds 2⁻¹⁵ … 2⁻¹ of full scale. */
  private static final int THRESHOLDS = 15;

  private final double smoothing;
  private final int hangover;
  private final double[] thresholds = new double[THRESHOLDS];
  private final long[] active = new long[THRESHOLDS];
  private final int[] since = new int[THRESHOLDS];
  private double first;
  private double second;
  private double energy;
  private long samples;

  ActivityFactor(int rate) {
    smoothing = Math.exp(-1 / (rate * TIME_CONSTANT));
    hangover = (int) Math.round(rate * HANGOVER);
    for (int j = 0; j < THRESHOLDS; j++) {
      thresholds[j] = Math.pow(2, j - THRESHOLDS);
      since[j] = hangover;
    }
  }

  void accept(double sample) {
    samples++;
    energy += sample * sample;
    first = smoothing * first + (1 - smoothing) * Math.abs(sample);
    second = smoothing * second + (1 - smoothing) * first;
    for (int j = 0; j < THRESHOLDS; j++) {
      if (second >= thresholds[j]) {
        active[j]++;
        since[j] = 0;
      } else if (since[j] < hangover) {
        active[j]++;
        since[j]++;
      }
    }
  }

  /** The share, 0 to 1; 0 of silence. */
  double value() {
    if (energy == 0 || active[0] == 0) {
      return 0;
    }
    double level = decibels(energy / samples);
    double before = decibels(energy / active[0]);
    double distanceBefore = before - 2 * decibels(thresholds[0]);
    if (distanceBefore <= MARGIN) {
      return 1;
    }
    for (int j = 1; j < THRESHOLDS && active[j] > 0; j++) {
      double now = decibels(energy / active[j]);
      double distance = now - 2 * decibels(thresholds[j]);
      if (distance <= MARGIN) {
        double part = (distanceBefore - MARGIN) / (distanceBefore - distance);
        double activeLevel = before + part * (now - before);
        return Math.min(1, Math.pow(10, (level - activeLevel) / 10));
      }
      before = now;
      distanceBefore = distance;
    }
    return Math.min(1, Math.pow(10, (level - before) / 10));
  }

  private static double decibels(double power) {
    return 10 * Math.log10(power);
  }
}
