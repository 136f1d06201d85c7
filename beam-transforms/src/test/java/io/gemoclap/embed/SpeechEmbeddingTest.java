package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleRef;
import java.util.Map;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpeechEmbeddingTest {
  private static final SegmentRef REF = new SegmentRef("a", 0, 0, 1, Map.of());

  private static SpeechEmbedding embedding(float last, String model) {
    return new SpeechEmbedding(
        REF, new float[] {0.6f, last}, new BundleRef("s3://models/" + model, model));
  }

  @Test
  void equalityLooksAtTheVectorsContent() {
    assertEquals(embedding(0.8f, "m"), embedding(0.8f, "m"));
    assertEquals(embedding(0.8f, "m").hashCode(), embedding(0.8f, "m").hashCode());
    assertNotEquals(embedding(0.8f, "m"), embedding(-0.8f, "m"));
    assertNotEquals(embedding(0.8f, "m"), embedding(0.8f, "other"));
  }

  @Test
  void roundTripsThroughItsCoder() throws Exception {
    SpeechEmbeddingCoder coder = SpeechEmbeddingCoder.of();
    CoderProperties.coderDecodeEncodeEqual(coder, embedding(0.8f, "1234567890abcdef"));
    CoderProperties.coderDeterministic(coder, embedding(0.8f, "m"), embedding(0.8f, "m"));
    CoderProperties.structuralValueConsistentWithEquals(
        coder, embedding(0.8f, "m"), embedding(0.8f, "m"));
    CoderProperties.coderSerializable(coder);
  }

  @Test
  void textFormNamesTheSegmentAndNotTheNumbers() {
    String text = embedding(0.8f, "m").toString();
    assertEquals("SpeechEmbedding[a#0:0-1000, 2 dimensions, m]", text);
    assertFalse(text.contains("0.8"));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aVectorIsFiniteOnlyIfEveryComponentIs(float bad) {
    for (int component = 0; component < 5; component++) {
      float[] vector = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f};
      assertTrue(new SpeechEmbedding(REF, vector, new BundleRef("bundled", "m")).isFinite());
      vector[component] = bad;
      assertFalse(
          new SpeechEmbedding(REF, vector, new BundleRef("bundled", "m")).isFinite(),
          "component " + component);
    }
  }
}
