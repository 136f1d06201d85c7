package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gemoclap.audio.SegmentRef;
import java.util.Map;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.Test;

final class SpeechEmbeddingTest {
  private static final SegmentRef REF = new SegmentRef("a", 0, 0, 1, Map.of());

  private static SpeechEmbedding embedding(float last, String model) {
    return new SpeechEmbedding(REF, new float[] {0.6f, last}, model, "s3://models/" + model);
  }

  @Test
  void equalityLooksAtTheVectorsContent() {
    assertEquals(embedding(0.8f, "m"), embedding(0.8f, "m"));
    assertEquals(embedding(0.8f, "m").hashCode(), embedding(0.8f, "m").hashCode());
    assertNotEquals(embedding(0.8f, "m"), embedding(-0.8f, "m"));
    assertNotEquals(embedding(0.8f, "m"), embedding(0.8f, "other"));
  }

  @Test
  void comesBackEqualFromItsCoder() throws Exception {
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
}
