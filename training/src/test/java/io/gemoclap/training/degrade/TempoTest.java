package io.gemoclap.training.degrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TempoTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.8, 0.95, 1.1, 1.25})
  void theLengthChangesAndThePitchStays(double factor) {
    float[] in = Signals.sine(200, 0.3, 2);
    float[] out = Tempo.stretched(in, Signals.RATE, factor);
    assertEquals(in.length / factor, out.length, 1);
    assertTrue(Signals.share(out, 190, 210) > 0.95, "share " + Signals.share(out, 190, 210));
    assertEquals(0, Signals.decibels(Signals.power(out) / Signals.power(in)), 0.5);
  }

  @Test
  void anArchiveHasOneTempo() {
    Tempo tempo = new Tempo(0.15, 0.25);
    int one = tempo.apply(new float[16_000], 16_000, Signals.random(), Signals.random()).length;
    int other = tempo.apply(new float[16_000], 16_000, Signals.random(), Signals.random()).length;
    assertEquals(one, other);
    assertTrue(Math.abs(Math.log(one / 16_000.0)) > 0.13, one + " samples");
  }
}
