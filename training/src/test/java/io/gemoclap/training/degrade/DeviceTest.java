package io.gemoclap.training.degrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Level, offset and clipping. */
final class DeviceTest {
  private static float[] pass(Effect effect, float[] samples) {
    return effect.apply(samples, Signals.RATE, Signals.random(), Signals.random());
  }

  @Test
  void levelChangesByTheGainInStepsOfSixteenBits() {
    float[] in = Signals.sine(300, 0.4, 1);
    float[] out = pass(new Level(-30, -30), in);
    assertEquals(-30, Signals.decibels(Signals.power(out) / Signals.power(in)), 0.05);
    for (float sample : out) {
      assertEquals(Math.rint(sample * 32_768), sample * 32_768, 0);
    }
  }

  @Test
  void aGainAboveFullScaleClips() {
    float[] out = pass(new Level(12, 12), Signals.sine(300, 0.8, 1));
    float peak = 0;
    for (float sample : out) {
      peak = Math.max(peak, Math.abs(sample));
    }
    assertEquals(1, peak, 1e-4);
  }

  @Test
  void anOffsetClipsOneSideAndIsRemoved() {
    float[] out = pass(new Offset(0.5, 0.5), Signals.sine(300, 0.8, 1));
    float least = 0;
    float most = 0;
    for (float sample : out) {
      least = Math.min(least, sample);
      most = Math.max(most, sample);
    }
    assertEquals(1.3, most - least, 1e-3);
    assertEquals(0.5, Math.min(most, -least), 1e-3);
  }

  @Test
  void aSmallOffsetChangesNothing() {
    float[] in = Signals.sine(300, 0.4, 1);
    float[] out = pass(new Offset(0.5, 0.5), in);
    for (int i = 0; i < in.length; i++) {
      assertEquals(in[i], out[i], 1e-6);
    }
  }

  @Test
  void clippingCutsItsShareOfTheSamples() {
    float[] in = Signals.noise(1);
    float[] out = pass(new Clipping(0.1), in);
    int changed = 0;
    float peak = 0;
    for (int i = 0; i < in.length; i++) {
      changed += in[i] == out[i] ? 0 : 1;
      peak = Math.max(peak, Math.abs(out[i]));
    }
    assertEquals(0.1, (double) changed / in.length, 0.002);
    // A tenth of a normal distribution lies beyond 1.645 deviations, which are 0.1.
    assertTrue(Math.abs(peak - 0.1645) < 0.005, "peak " + peak);
  }
}
