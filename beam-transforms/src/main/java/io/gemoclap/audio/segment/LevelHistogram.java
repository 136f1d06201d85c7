package io.gemoclap.audio.segment;

/** How often each level occurs in a window over a stream of levels, without digital silence. */
final class LevelHistogram {
  private static final double LOWEST = -85;
  private static final double STEP = 0.5;

  /** Up to +15 dB of full scale; what lies above, counts there. */
  private static final int BINS = 200;

  private static final double BACKGROUND_SHARE = 0.10;
  private static final double LOUD_SHARE = 0.05;
  private static final int LOUD_FRAMES = 20;

  private final int[] counts = new int[BINS];
  private int total;

  void add(double decibels) {
    change(decibels, 1);
  }

  void remove(double decibels) {
    change(decibels, -1);
  }

  /** Number of frames that were not digital silence. */
  int frames() {
    return total;
  }

  /** The level that a tenth of the frames stay below; NaN without any. */
  double background() {
    int rank = (int) (BACKGROUND_SHARE * total);
    int below = 0;
    for (int bin = 0; bin < BINS; bin++) {
      below += counts[bin];
      if (below > rank) {
        return LOWEST + STEP * bin;
      }
    }
    return Double.NaN;
  }

  /** The level that a twentieth of the frames reach, or 20 frames of a longer window. */
  double loud() {
    int rank = Math.min(LOUD_FRAMES, (int) (LOUD_SHARE * total));
    int above = 0;
    for (int bin = BINS - 1; bin >= 0; bin--) {
      above += counts[bin];
      if (above > rank) {
        return LOWEST + STEP * bin;
      }
    }
    return Double.NaN;
  }

  private void change(double decibels, int by) {
    if (decibels >= LOWEST) {
      counts[Math.min(BINS - 1, (int) ((decibels - LOWEST) / STEP))] += by;
      total += by;
    }
  }
}
