package io.gemoclap.training.degrade;

import java.util.SplittableRandom;

/**
 * Music, synthesised: chords of plucked notes with six harmonics in a minor or major key, and a
 * drum of noise on each beat. An archive has one key, tempo and instrument.
 */
final class Music implements Background.Source {
  private static final int[][] TRIADS = {{0, 4, 7}, {0, 3, 7}};
  private static final int[] ROOTS = {0, 5, 7, -4};
  private static final int HARMONICS = 6;

  @Override
  public double[] make(int length, int rate, SplittableRandom archive, SplittableRandom recording) {
    double key = Samples.between(110, 220, archive);
    int beat = (int) (rate * Samples.between(0.3, 0.7, archive));
    double slope = Samples.between(0.8, 1.6, archive);
    double decay = Samples.between(1.5, 6, archive) / rate;
    double drum = Samples.between(0, 0.6, archive);
    double[] sound = new double[length];
    for (int start = -recording.nextInt(beat); start < length; start += beat) {
      int root = ROOTS[recording.nextInt(ROOTS.length)];
      for (int step : TRIADS[recording.nextInt(TRIADS.length)]) {
        double hz = key * Math.pow(2, (root + step) / 12.0);
        for (int h = 1; h <= HARMONICS && 2 * h * hz < rate; h++) {
          tone(sound, start, 2 * beat, 2 * Math.PI * h * hz / rate, Math.pow(h, -slope), h * decay);
        }
      }
      double[] noise = Samples.gaussian(rate / 20, recording);
      for (int i = Math.max(0, -start); i < noise.length && start + i < length; i++) {
        sound[start + i] += drum * noise[i] * Math.exp(-8.0 * i / noise.length);
      }
    }
    return sound;
  }

  private static void tone(
      double[] sound, int start, int length, double step, double level, double decay) {
    int first = Math.max(0, -start);
    // A damped oscillation is the sum of its last two values.
    double damping = Math.exp(-decay);
    double twice = 2 * damping * Math.cos(step);
    double last = level * Math.exp(-decay * (first - 1)) * Math.sin(step * (first - 1));
    double before = level * Math.exp(-decay * (first - 2)) * Math.sin(step * (first - 2));
    for (int i = first; i < length && start + i < sound.length; i++) {
      double value = twice * last - damping * damping * before;
      before = last;
      last = value;
      sound[start + i] += Math.min(1, i / 80.0) * value;
    }
  }
}
