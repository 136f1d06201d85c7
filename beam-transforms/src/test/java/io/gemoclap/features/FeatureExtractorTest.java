package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeaturePart.Preset;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every extractor. */
final class FeatureExtractorTest {

  static Stream<FeatureSpec> specs() {
    FeatureSpec librosa = FeatureSpec.logMel(Preset.LIBROSA);
    return Stream.of(
        librosa,
        FeatureSpec.logMel(Preset.WHISPER),
        FeatureSpec.logMel(Preset.KALDI),
        FeatureSpec.mfcc(),
        FeatureSpec.mfcc(2),
        FeatureSpec.prosody(),
        FeatureSpec.waveform(),
        FeatureSpec.waveform(false),
        librosa.and(FeatureSpec.logMel(Preset.WHISPER)).and(FeatureSpec.prosody()));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyColumnHasAUniqueName(FeatureSpec spec) {
    FeatureExtractor extractor = spec.extractor();
    assertEquals(extractor.dims(), extractor.names().size());
    assertEquals(extractor.dims(), new HashSet<>(extractor.names()).size());
    assertEquals(extractor.dims(), extractor.extract(TestSignals.noise(16_000, 1)).dims());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theSameSamplesGiveTheSameBitsAfterOtherSegments(FeatureSpec spec) {
    float[] samples = TestSignals.glide(100, 300, 0.7);
    float[] untouched = samples.clone();
    FeatureMatrix alone = spec.extractor().extract(samples);
    FeatureExtractor used = spec.extractor();
    used.extract(TestSignals.noise(20_000, 2));
    used.extract(TestSignals.noise(3_000, 3));
    assertEquals(alone, used.extract(samples));
    assertArrayEquals(untouched, samples);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theLeastNumberOfSamplesIsEnoughAndOneLessIsRejected(FeatureSpec spec) {
    FeatureExtractor extractor = spec.extractor();
    int least = extractor.minSamples();
    FeatureMatrix features = extractor.extract(TestSignals.noise(least, 4));
    assertTrue(features.frames() > 0);
    for (float value : features.values()) {
      assertTrue(Float.isFinite(value));
    }
    float[] tooShort = new float[least - 1];
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> extractor.extract(tooShort));
    assertTrue(refusal.getMessage().contains("has " + (least - 1) + " samples; at least"));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void silenceGivesFiniteNumbers(FeatureSpec spec) {
    for (float value : spec.extractor().extract(new float[8_000]).values()) {
      assertTrue(Float.isFinite(value));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -2e6f})
  void invalidSamplesAreRejected(float bad) {
    float[] samples = TestSignals.noise(8_000, 5);
    samples[77] = bad;
    specs()
        .map(FeatureSpec::extractor)
        .forEach(
            extractor -> {
              Exception refusal =
                  assertThrows(IllegalArgumentException.class, () -> extractor.extract(samples));
              assertTrue(refusal.getMessage().startsWith("Sample 77 is "));
            });
  }

  @Test
  void frameCountsFollowTheReferences() {
    float[] second = TestSignals.noise(16_000, 6);
    assertEquals(101, frames(FeatureSpec.logMel(Preset.LIBROSA), second));
    assertEquals(100, frames(FeatureSpec.logMel(Preset.WHISPER), second));
    assertEquals(98, frames(FeatureSpec.logMel(Preset.KALDI), second));
    assertEquals(101, frames(FeatureSpec.prosody(), second));
    assertEquals(16_000, frames(FeatureSpec.waveform(), second));
    assertEquals(
        100,
        frames(FeatureSpec.logMel(Preset.LIBROSA).and(FeatureSpec.logMel(Preset.WHISPER)), second));
  }

  @Test
  void joinedPartsAreAdjacentColumns() {
    float[] samples = TestSignals.glide(100, 200, 0.5);
    FeatureMatrix mel = FeatureSpec.logMel(Preset.LIBROSA).extractor().extract(samples);
    FeatureMatrix prosody = FeatureSpec.prosody().extractor().extract(samples);
    FeatureMatrix both =
        FeatureSpec.logMel(Preset.LIBROSA).and(FeatureSpec.prosody()).extractor().extract(samples);
    assertArrayEquals(mel.column(79), both.column(79));
    assertArrayEquals(prosody.column(0), both.column(80));
  }

  @Test
  void aWaveformHasZeroMeanAndUnitVariance() {
    float[] samples = TestSignals.noise(16_000, 7);
    for (int i = 0; i < samples.length; i++) {
      samples[i] += 0.25f;
    }
    double sum = 0;
    double squares = 0;
    for (float value : FeatureSpec.waveform().extractor().extract(samples).values()) {
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / samples.length, 1e-6);
    assertEquals(1, squares / samples.length, 1e-4);
  }

  @Test
  void aRawWaveformIsACopyOfTheSamples() {
    float[] samples = TestSignals.noise(1_000, 7);
    FeatureMatrix raw = FeatureSpec.waveform(false).extractor().extract(samples);
    assertArrayEquals(samples, raw.values());
    assertNotSame(samples, raw.values());
    assertNotEquals(raw, FeatureSpec.waveform(true).extractor().extract(samples));
  }

  @Test
  void rowsAreSpacedByTheHop() {
    assertEquals(0.01, FeatureSpec.prosody().extractor().frameSeconds(), 1e-12);
    assertEquals(1 / 16_000.0, FeatureSpec.waveform().extractor().frameSeconds(), 1e-12);
    assertNotEquals(0, FeatureSpec.mfcc().extractor().minSamples());
  }

  private static int frames(FeatureSpec spec, float[] samples) {
    return spec.extractor().extract(samples).frames();
  }
}
