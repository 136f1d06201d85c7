package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FunctionalsTest {
  private static final Set<String> LOUDNESS =
      Set.of(
          "mfcc_00_mean_active", "mfcc_00_mean_voiced", "energy_mean_active", "energy_mean_voiced");

  private final FeatureExtractor extractor = FeatureSpec.emotionFunctionals().extractor();

  private Map<String, Double> functionals(float[] samples) {
    float[] row = extractor.extract(samples).values();
    List<String> names = extractor.names();
    Map<String, Double> byName = new TreeMap<>();
    for (int i = 0; i < row.length; i++) {
      byName.put(names.get(i), (double) row[i]);
    }
    return byName;
  }

  private static float[] voice(double from, double to) {
    return TestSignals.mix(TestSignals.glide(from, to, 1.5), TestSignals.noise(24_000, 3), 0.05f);
  }

  @Test
  void everyColumnHasOneName() {
    assertEquals(extractor.dims(), extractor.names().size());
    assertEquals(extractor.dims(), new HashSet<>(extractor.names()).size());
  }

  @Test
  void aSegmentOfAnyLengthIsOneRow() {
    for (int length : new int[] {extractor.minSamples(), 1_600, 50_000}) {
      FeatureMatrix matrix = extractor.extract(TestSignals.noise(length, 1));
      assertEquals(1, matrix.frames());
      assertEquals(extractor.dims(), matrix.values().length);
    }
  }

  @Test
  void silenceAndUnvoicedNoiseGiveFiniteNumbers() {
    List<float[]> signals =
        List.of(
            new float[extractor.minSamples()],
            new float[16_000],
            TestSignals.noise(extractor.minSamples(), 1),
            TestSignals.noise(16_000, 2));
    for (float[] signal : signals) {
      functionals(signal).forEach((name, value) -> assertTrue(Double.isFinite(value), name));
    }
  }

  @Test
  void noiseIsHardlyVoicedAndAVoiceIs() {
    assertTrue(functionals(TestSignals.noise(24_000, 2)).get("voiced_share") < 0.2);
    assertTrue(functionals(voice(120, 240)).get("voiced_share") > 0.8);
  }

  @Test
  void gainMovesTheMeanLoudnessAndNothingElse() {
    float[] loud = voice(120, 240);
    float[] quiet = loud.clone();
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] *= 0.25f;
    }
    Map<String, Double> before = functionals(loud);
    functionals(quiet)
        .forEach(
            (name, value) -> {
              if (!LOUDNESS.contains(name)) {
                assertEquals(before.get(name), value, 0.01, name);
              }
            });
  }

  @Test
  void aQuarterOfTheAmplitudeIsTwelveDecibelsLess() {
    float[] loud = voice(120, 240);
    float[] quiet = loud.clone();
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] *= 0.25f;
    }
    double change =
        functionals(loud).get("energy_mean_active") - functionals(quiet).get("energy_mean_active");
    assertEquals(1.204, change, 0.005); // in tens of dB
  }

  /** One octave over the segment is half an octave from its middle to its end. */
  @Test
  void aGlideUpHasAPositivePitchSlopeAndAGlideDownANegativeOne() {
    assertEquals(0.5, functionals(voice(120, 240)).get("pitch_slope"), 0.05);
    assertEquals(-0.5, functionals(voice(240, 120)).get("pitch_slope"), 0.05);
    assertEquals(0, functionals(voice(150, 150)).get("pitch_slope"), 0.02);
  }

  @Test
  void pitchIsInOctavesAboveAHundredHertz() {
    Map<String, Double> flat = functionals(voice(200, 200));
    assertEquals(1, flat.get("pitch_mean"), 0.02);
    assertEquals(1, flat.get("pitch_p50"), 0.02);
    assertEquals(0, flat.get("pitch_range_p95_p5"), 0.05);
    assertEquals(1, functionals(voice(120, 240)).get("pitch_move_rising_share"), 0.05);
  }

  @Test
  void loudnessOfOneSegmentDoesNotTouchTheNext() {
    float[] signal = voice(130, 170);
    Map<String, Double> fresh = functionals(signal);
    functionals(TestSignals.noise(40_000, 9));
    assertEquals(fresh, functionals(signal));
  }
}
