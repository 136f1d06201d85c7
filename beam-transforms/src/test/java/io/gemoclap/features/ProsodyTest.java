package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProsodyTest {
  private static final int F0 = Prosody.NAMES.indexOf("f0_hz");
  private static final int VOICING = Prosody.NAMES.indexOf("voicing");
  private static final int ENERGY = Prosody.NAMES.indexOf("energy_db");

  @ParameterizedTest(name = "{0} to {1} Hz")
  @CsvSource({"65, 65", "80, 160", "220, 110", "150, 400", "480, 240", "495, 495"})
  void pitchFollowsAGlideWithinHalfAPercent(double fromHz, double toHz) {
    assertFollows(TestSignals.glide(fromHz, toHz, 1), fromHz, toHz, 0.005);
  }

  @Test
  void pitchSurvivesNoiseTenDecibelsBelowTheVoice() {
    float[] voice = TestSignals.glide(100, 250, 1);
    float[] noisy = TestSignals.mix(voice, TestSignals.noise(voice.length, 5), 0.55f);
    assertFollows(noisy, 100, 250, 0.02);
  }

  @Test
  void pitchDoesNotNeedItsFundamental() {
    float[] samples = new float[TestSignals.RATE];
    for (int i = 0; i < samples.length; i++) {
      for (int k = 3; k <= 10; k++) {
        samples[i] += (float) (0.05 * Math.sin(2 * Math.PI * 120 * k * i / TestSignals.RATE));
      }
    }
    assertFollows(samples, 120, 120, 0.005);
  }

  @Test
  void pitchDoesNotDependOnLevelOrOffset() {
    float[] voice = TestSignals.glide(120, 180, 0.5);
    float[] changed = voice.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] = 0.01f * changed[i] + 0.002f;
    }
    FeatureMatrix loud = prosody(voice);
    FeatureMatrix faint = prosody(changed);
    for (int frame = 3; frame < loud.frames() - 3; frame++) {
      assertEquals(loud.value(frame, F0), faint.value(frame, F0), 0.3);
    }
  }

  @Test
  void noiseHasNoPitch() {
    FeatureMatrix features = prosody(TestSignals.noise(5 * TestSignals.RATE, 6));
    double voicing = 0;
    for (int frame = 0; frame < features.frames(); frame++) {
      assertEquals(0, features.value(frame, F0), "frame " + frame);
      voicing += features.value(frame, VOICING);
    }
    assertTrue(voicing / features.frames() < 0.4, "voicing " + voicing / features.frames());
  }

  @Test
  void silenceHasTheDocumentedValues() {
    FeatureMatrix features = prosody(new float[TestSignals.RATE / 2]);
    float[] expected = {0, 0, -100, 0, 0, 1, 0};
    for (int column = 0; column < expected.length; column++) {
      for (float value : features.column(column)) {
        assertEquals(expected[column], value, 1e-4, Prosody.NAMES.get(column));
      }
    }
  }

  @Test
  void energyOfAFullScaleSineIsThreeDecibelsBelowFullScale() {
    float[] sine = new float[TestSignals.RATE];
    for (int i = 0; i < sine.length; i++) {
      sine[i] = (float) Math.sin(2 * Math.PI * 200 * i / TestSignals.RATE);
    }
    assertEquals(-3.01, prosody(sine).value(50, ENERGY), 0.01);
  }

  private static void assertFollows(float[] samples, double fromHz, double toHz, double tolerance) {
    FeatureMatrix features = prosody(samples);
    for (int frame = 3; frame < features.frames() - 3; frame++) {
      double hz = TestSignals.glideHz(fromHz, toHz, frame * 160.0 / samples.length);
      assertEquals(hz, features.value(frame, F0), tolerance * hz, "frame " + frame);
      assertTrue(features.value(frame, VOICING) > 0.5, "frame " + frame);
    }
  }

  private static FeatureMatrix prosody(float[] samples) {
    return FeatureSpec.prosody().extractor().extract(samples);
  }
}
