package io.gemoclap.training.degrade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The degradations that encode and decode with FFmpeg. */
final class CodecsIT {
  private static final int RATE = 16_000;

  /** A voice: harmonics of a rising pitch, so that no lag but one fits, with pauses. */
  private static float[] voice() {
    float[] samples = new float[2 * RATE];
    SplittableRandom random = new SplittableRandom(2);
    double phase = 0;
    for (int i = 0; i < samples.length; i++) {
      phase += (100 + 80.0 * i / samples.length) / RATE;
      double envelope = Math.max(0, Math.sin(2 * Math.PI * 1.5 * i / RATE));
      double sum = 0;
      for (int h = 1; h <= 30; h++) {
        sum += Math.sin(2 * Math.PI * h * phase + h * h) / h;
      }
      samples[i] = (float) (envelope * (0.1 * sum + 0.002 * (random.nextDouble() - 0.5)));
    }
    return samples;
  }

  private static double correlation(float[] a, float[] b, int lag) {
    double product = 0;
    double powerA = 0;
    double powerB = 0;
    for (int i = 400; i < a.length - 400; i++) {
      product += a[i] * b[i + lag];
      powerA += a[i] * a[i];
      powerB += b[i + lag] * b[i + lag];
    }
    return product / Math.sqrt(powerA * powerB);
  }

  @ParameterizedTest
  @EnumSource(
      value = Degradation.class,
      names = {"OPUS_MILD", "MP3_MILD", "AMR_HARSH"})
  void theVoiceComesBackInTimeAndInPart(Degradation codec) {
    float[] in = voice();
    float[] before = in.clone();
    float[] out = codec.apply(in, RATE, 1, "a");
    assertArrayEquals(before, in);
    assertEquals(in.length, out.length);
    float[] sent =
        codec == Degradation.AMR_HARSH ? Degradation.TELEPHONE_HARSH.apply(in, RATE, 1, "a") : in;
    int best = 0;
    for (int lag = -400; lag <= 400; lag++) {
      best = correlation(sent, out, lag) > correlation(sent, out, best) ? lag : best;
    }
    assertTrue(Math.abs(best) <= 40, codec + " is late by " + best + " samples");
    double most = correlation(sent, out, best);
    assertTrue(most > 0.6 && most < 0.99999, codec + " correlates by " + most);
    assertArrayEquals(out, codec.apply(in, RATE, 2, "b"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Degradation.class,
      names = {"OPUS_MILD", "MP3_MILD", "AMR_HARSH"})
  void silenceStaysQuietAndShortInputsKeepTheirLength(Degradation codec) {
    for (float sample : codec.apply(new float[RATE], RATE, 1, "a")) {
      assertEquals(0, sample, 1e-3);
    }
    for (int length : new int[] {0, 1, 100, 401}) {
      assertEquals(length, codec.apply(Arrays.copyOf(voice(), length), RATE, 1, "a").length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AMR_HARSH"})
  void theTelephoneCodecPassesNothingAboveFourKilohertz(String name) {
    float[] hiss = new float[RATE];
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < hiss.length; i++) {
      // Differences of white noise: most of it lies above 4 kHz.
      hiss[i] = (float) (random.nextDouble() - 0.5) * (i % 2 == 0 ? 0.4f : -0.4f);
    }
    float[] out = Degradation.valueOf(name).apply(hiss, RATE, 1, "a");
    double slow = 0;
    double fast = 0;
    for (int i = 1; i < out.length; i++) {
      slow += Math.pow(out[i] + out[i - 1], 2);
      fast += Math.pow(out[i] - out[i - 1], 2);
    }
    assertTrue(fast < slow, fast + " against " + slow);
  }
}
