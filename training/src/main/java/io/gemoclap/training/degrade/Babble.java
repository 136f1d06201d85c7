package io.gemoclap.training.degrade;

import java.util.SplittableRandom;

/**
 * Several people who talk at once, synthesised: each voice is a pulse train with a wandering pitch
 * through three resonances, which change from syllable to syllable, with pauses.
 */
final class Babble implements Background.Source {
  private static final int VOICES = 6;
  private static final double PAUSE = 0.2;

  @Override
  public double[] make(int length, int rate, SplittableRandom archive, SplittableRandom recording) {
    double[] sum = new double[length];
    for (int voice = 0; voice < VOICES; voice++) {
      add(sum, rate, recording);
    }
    return sum;
  }

  private static void add(double[] sum, int rate, SplittableRandom random) {
    double pitch = Samples.between(90, 240, random);
    double level = Samples.factor(Samples.between(-6, 0, random));
    double phase = random.nextDouble();
    for (int start = 0; start < sum.length; ) {
      int syllable = (int) (Samples.between(0.12, 0.32, random) * rate);
      boolean silent = random.nextDouble() < PAUSE;
      double own = pitch * Math.exp(Samples.between(-0.2, 0.2, random));
      Resonance[] vowel = {
        new Resonance(Samples.between(300, 800, random), 80, rate),
        new Resonance(Samples.between(900, 2_200, random), 120, rate),
        new Resonance(Samples.between(2_300, 3_300, random), 200, rate)
      };
      for (int i = 0; i < syllable && start + i < sum.length; i++) {
        phase += own / rate;
        double pulse = phase >= 1 ? 1 : 0;
        phase -= Math.floor(phase);
        double loudness = silent ? 0 : level * Math.sin(Math.PI * i / syllable);
        double sample = 0;
        for (Resonance formant : vowel) {
          sample += formant.next(pulse);
        }
        sum[start + i] += loudness * sample;
      }
      start += syllable;
    }
  }

  /** A resonator of second order. */
  private static final class Resonance {
    private final double gain;
    private final double a1;
    private final double a2;
    private double last;
    private double before;

    Resonance(double hz, double bandwidth, int rate) {
      double radius = Math.exp(-Math.PI * bandwidth / rate);
      a1 = 2 * radius * Math.cos(2 * Math.PI * hz / rate);
      a2 = -radius * radius;
      gain = 1 - radius;
    }

    double next(double x) {
      double y = gain * x + a1 * last + a2 * before;
      before = last;
      last = y;
      return y;
    }
  }
}
