package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class FeatureStatisticsTest {
  private final FeatureExtractor prosody = FeatureSpec.prosody().extractor();
  private final FeatureStatistics statistics = FeatureStatistics.over(prosody);

  @Test
  void everyNumberHasAName() {
    float[] summary = statistics.summarize(prosody.extract(TestSignals.glide(100, 200, 1)));
    assertEquals(statistics.names().size(), summary.length);
  }

  @Test
  void aGlideOfOneOctaveASecondRisesTwelveSemitones() {
    FeatureMatrix features = prosody.extract(TestSignals.glide(100, 200, 1));
    assertEquals(12, named("f0_slope_st_per_s", features), 0.1);
    assertEquals(0.8 * 12, named("f0_range_st", features), 0.2);
    assertEquals(100 * Math.sqrt(2), named("f0_hz_p50", features), 1.5);
    assertEquals(1, named("voiced_share", features), 0.05);
  }

  @Test
  void pitchIsDescribedOverVoicedFramesOnly() {
    float[] values = new float[4 * Prosody.NAMES.size()];
    values[Prosody.NAMES.size()] = 100;
    values[2 * Prosody.NAMES.size()] = 200;
    FeatureMatrix features = FeatureMatrix.of(4, Prosody.NAMES.size(), values);
    assertEquals(150, named("f0_hz_mean", features), 1e-4);
    assertEquals(50, named("f0_hz_std", features), 1e-4);
    assertEquals(0.5, named("voiced_share", features), 1e-6);
    assertEquals(1_200, named("f0_slope_st_per_s", features), 0.01);
  }

  @Test
  void withoutVoiceThePitchIsZero() {
    FeatureMatrix features = prosody.extract(TestSignals.noise(16_000, 1));
    for (String name : statistics.names()) {
      if (name.startsWith("f0") || name.startsWith("voiced")) {
        assertEquals(0, named(name, features), name);
      }
    }
  }

  @Test
  void oneVoicedFrameHasNoSlope() {
    float[] values = new float[Prosody.NAMES.size()];
    values[0] = 100;
    FeatureMatrix features = FeatureMatrix.of(1, Prosody.NAMES.size(), values);
    assertEquals(0, named("f0_slope_st_per_s", features));
    assertEquals(100, named("f0_hz_p90", features));
  }

  @Test
  void percentilesAreInterpolatedLikeNumPys() {
    FeatureStatistics ofMfcc = FeatureStatistics.over(FeatureSpec.mfcc().extractor());
    float[] values = new float[4 * 20];
    for (int frame = 0; frame < 4; frame++) {
      values[frame * 20] = new float[] {4, 1, 3, 2}[frame];
    }
    float[] summary = ofMfcc.summarize(FeatureMatrix.of(4, 20, values));
    assertEquals(2.5, summary[0], 1e-6);
    assertEquals(Math.sqrt(1.25), summary[1], 1e-6);
    assertEquals(1.3, summary[2], 1e-6);
    assertEquals(2.5, summary[3], 1e-6);
    assertEquals(3.7, summary[4], 1e-6);
    assertEquals(ofMfcc.names().size(), summary.length);
  }

  @Test
  void otherMatricesAreRefused() {
    FeatureMatrix narrow = FeatureMatrix.of(2, 1, new float[2]);
    FeatureMatrix empty = FeatureMatrix.of(0, Prosody.NAMES.size(), new float[0]);
    assertThrows(IllegalArgumentException.class, () -> statistics.summarize(narrow));
    assertThrows(IllegalArgumentException.class, () -> statistics.summarize(empty));
  }

  private float named(String name, FeatureMatrix features) {
    return statistics.summarize(features)[statistics.names().indexOf(name)];
  }
}
