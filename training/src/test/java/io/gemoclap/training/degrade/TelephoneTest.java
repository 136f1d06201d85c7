package io.gemoclap.training.degrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.PcmFormat;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TelephoneTest {
  private static float[] pass(PcmFormat law, float[] samples) {
    return new Telephone(law).apply(samples, Signals.RATE, Signals.random(), Signals.random());
  }

  private static double gain(double hz) {
    float[] in = Signals.sine(hz, 0.3, 1);
    return Signals.decibels(Signals.power(pass(null, in)) / Signals.power(in));
  }

  @Test
  void passesTheBandOfTheTelephoneAlone() {
    assertEquals(0, gain(1_000), 0.1);
    assertEquals(-3, gain(300), 0.5);
    assertEquals(-3, gain(3_400), 0.5);
    assertTrue(gain(100) < -30);
    assertTrue(gain(5_000) < -40);
  }

  @ParameterizedTest
  @EnumSource(
      value = PcmFormat.class,
      names = {"ALAW", "MULAW"})
  void theCompanderKeepsThirtyTwoDecibelsAtAnyLevel(PcmFormat law) {
    for (double level : new double[] {0.5, 0.05}) {
      float[] in = Signals.sine(1_000, level, 1);
      float[] out = pass(law, in);
      float[] clean = pass(null, in);
      double error = 0;
      for (int i = 0; i < out.length; i++) {
        error += Math.pow(out[i] - clean[i], 2) / out.length;
      }
      double ratio = Signals.decibels(Signals.power(clean) / error);
      assertTrue(ratio > 32 && ratio < 45, level + ": " + ratio);
    }
  }

  @Test
  void samplesAreTheValuesOfTheCodes() {
    float[] narrow = Telephone.quantized(PcmFormat.MULAW, Signals.noise(0.5));
    Set<Float> values = new HashSet<>();
    for (float sample : narrow) {
      values.add(sample);
    }
    assertTrue(values.size() > 50 && values.size() <= 256, values.size() + " values");
  }
}
