package io.gemoclap.training.degrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BackgroundTest {
  static Stream<Background.Source> sources() {
    return Stream.of(Noise.WHITE, Noise.PINK, Noise.BROWN, new Babble(), new Music());
  }

  private static double[] make(Background.Source source, long archive, long recording) {
    return source.make(
        2 * Signals.RATE,
        Signals.RATE,
        new SplittableRandom(archive),
        new SplittableRandom(recording));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void theRatioOfPowersIsAsAskedFor(Background.Source source) {
    float[] speech = Signals.sine(440, 0.2, 2);
    float[] mixed =
        new Background(source, 12, 12)
            .apply(speech, Signals.RATE, Signals.random(), Signals.random());
    float[] added = new float[mixed.length];
    for (int i = 0; i < added.length; i++) {
      added[i] = mixed[i] - speech[i];
    }
    assertEquals(12, Signals.decibels(Signals.power(speech) / Signals.power(added)), 0.05);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void recordingsHaveTheirOwnSound(Background.Source source) {
    assertTrue(Arrays.equals(make(source, 1, 1), make(source, 1, 1)));
    assertFalse(Arrays.equals(make(source, 1, 1), make(source, 1, 2)));
  }

  private static double slope(Noise noise) {
    double[] sound = make(noise, 1, 1);
    // As much in an octave as in the next one is pink: a fall of 3 dB.
    return Signals.decibels(
        Signals.share(sound, 2_000, 4_000) / Signals.share(sound, 1_000, 2_000) / 2);
  }

  @Test
  void noiseFallsByItsColour() {
    assertEquals(0, slope(Noise.WHITE), 0.3);
    assertEquals(-3, slope(Noise.PINK), 0.3);
    assertEquals(-6, slope(Noise.BROWN), 0.5);
  }

  @Test
  void babbleHasTheBandAndTheUnevenLevelOfSpeech() {
    double[] babble = make(new Babble(), 1, 1);
    assertTrue(Signals.share(babble, 200, 4_000) > 0.8);
    double[] powers = new double[babble.length / 800];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Samples.power(Arrays.copyOfRange(babble, 800 * i, 800 * i + 800));
    }
    Arrays.sort(powers);
    double ratio = powers[powers.length * 9 / 10] / powers[powers.length / 10];
    assertTrue(Signals.decibels(ratio) > 3, "level varies by " + Signals.decibels(ratio));
  }

  @Test
  void musicIsMadeOfTones() {
    double[] music = make(new Music(), 2, 1);
    double strongest = 0;
    for (double hz = 80; hz < 2_000; hz += 5) {
      strongest = Math.max(strongest, Signals.share(music, hz, hz + 5));
    }
    // 5 Hz of white noise hold less than a thousandth.
    assertTrue(strongest > 0.03, "strongest tone " + strongest);
  }
}
