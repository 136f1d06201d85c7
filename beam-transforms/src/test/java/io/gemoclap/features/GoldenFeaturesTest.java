package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeaturePart.Preset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with what {@code oracle/golden-features.py} computed from the same samples. */
final class GoldenFeaturesTest {
  /** In natural logarithm. The project promises 5e-4; single-precision rounding needs 2e-6. */
  private static final double LOG_TOLERANCE = 2e-5;

  /**
   * In dB. An error e of natural logarithms is 10/ln(10) e in dB, and a row of an orthonormal
   * transform over 80 bins adds at most sqrt(80) of them: 8e-4. The rest is rounding: the reference
   * sums in single precision numbers of up to 1000.
   */
  private static final double CEPSTRAL_TOLERANCE = 2e-3;

  @ParameterizedTest
  @ValueSource(strings = {"glide", "vowels", "bursts", "speech"})
  void logMelEqualsLibrosa(String signal) {
    assertClose(signal, "logmel", FeatureSpec.logMel(Preset.LIBROSA), LOG_TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"glide", "vowels", "bursts", "speech"})
  void logMelEqualsKaldi(String signal) {
    assertClose(signal, "kaldi", FeatureSpec.logMel(Preset.KALDI), LOG_TOLERANCE);
  }

  /** One unit of Whisper's scale is four decades. */
  @ParameterizedTest
  @ValueSource(strings = {"glide", "vowels", "bursts", "speech"})
  void logMelEqualsWhisper(String signal) {
    double tolerance = LOG_TOLERANCE / Math.log(10) / 4;
    assertClose(signal, "whisper", FeatureSpec.logMel(Preset.WHISPER), tolerance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"glide", "vowels", "bursts", "speech"})
  void mfccAndItsDerivativesEqualLibrosa(String signal) {
    assertClose(signal, "mfcc", FeatureSpec.mfcc(2), CEPSTRAL_TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"glide", "vowels", "bursts", "speech"})
  void energyShapeAndZeroCrossingsEqualLibrosa(String signal) {
    FeatureMatrix expected = GoldenArrays.reference(signal, "shape");
    FeatureMatrix actual = prosodyOf(signal);
    assertEquals(expected.frames(), actual.frames());
    double[] tolerances = {1e-4, 0.01, 0, 1e-5, 0}; // dB, Hz, Hz, 1, 1
    for (int column = 0; column < tolerances.length; column++) {
      for (int frame = 0; frame < expected.frames(); frame++) {
        assertEquals(
            expected.value(frame, column),
            actual.value(frame, column + 2),
            tolerances[column],
            Prosody.NAMES.get(column + 2) + " of frame " + frame);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"glide", "vowels", "speech"})
  void pitchIsWithinOnePercentOfPyin(String signal) {
    FeatureMatrix expected = GoldenArrays.reference(signal, "pitch");
    FeatureMatrix actual = prosodyOf(signal);
    int voiced = 0;
    int close = 0;
    int invented = 0;
    for (int frame = 0; frame < expected.frames(); frame++) {
      float hz = expected.value(frame, 0);
      if (hz > 0) {
        voiced++;
        close += Math.abs(actual.value(frame, 0) - hz) <= 0.01 * hz ? 1 : 0;
      } else {
        invented += actual.value(frame, 0) > 0 ? 1 : 0;
      }
    }
    assertTrue(voiced > 40, voiced + " voiced frames");
    assertTrue(close >= 0.95 * voiced, close + " of " + voiced + " frames");
    assertTrue(invented <= 0.05 * voiced, invented + " frames voiced besides " + voiced);
  }

  private static FeatureMatrix prosodyOf(String signal) {
    return FeatureSpec.prosody().extractor().extract(GoldenArrays.signal(signal));
  }

  private static void assertClose(
      String signal, String reference, FeatureSpec spec, double tolerance) {
    FeatureMatrix expected = GoldenArrays.reference(signal, reference);
    FeatureMatrix actual = spec.extractor().extract(GoldenArrays.signal(signal));
    assertEquals(expected.frames(), actual.frames());
    assertEquals(expected.dims(), actual.dims());
    for (int frame = 0; frame < expected.frames(); frame++) {
      for (int dim = 0; dim < expected.dims(); dim++) {
        assertEquals(
            expected.value(frame, dim),
            actual.value(frame, dim),
            tolerance,
            "frame " + frame + " column " + dim);
      }
    }
  }
}
