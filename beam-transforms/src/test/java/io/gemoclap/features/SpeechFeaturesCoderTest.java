package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gemoclap.audio.SegmentRef;
import java.util.Map;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.Test;

final class SpeechFeaturesCoderTest {
  private static final SpeechFeaturesCoder CODER = SpeechFeaturesCoder.of();

  private static SpeechFeatures features(int frames, int dims) {
    float[] values = new float[frames * dims];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    return new SpeechFeatures(
        new SegmentRef("a", 0, 0, 1, Map.of("k", "v")),
        FeatureMatrix.of(frames, dims, values),
        new FeatureOrigin("spec", "normalisation"));
  }

  @Test
  void featuresRoundTrip() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(CODER, features(300, 87));
    CoderProperties.coderDecodeEncodeEqual(CODER, features(0, 3));
    CoderProperties.structuralValueDecodeEncodeEqual(CODER, features(2, 3));
    CoderProperties.coderSerializable(CODER);
  }

  @Test
  void equalFeaturesHaveEqualBytesAndStructuralValues() throws Exception {
    CoderProperties.coderDeterministic(CODER, features(2, 3), features(2, 3));
    CoderProperties.structuralValueConsistentWithEquals(CODER, features(2, 3), features(2, 3));
  }

  @Test
  void aMatrixOfAnotherShapeIsAnotherValue() {
    assertNotEquals(CODER.structuralValue(features(2, 3)), CODER.structuralValue(features(3, 2)));
  }
}
