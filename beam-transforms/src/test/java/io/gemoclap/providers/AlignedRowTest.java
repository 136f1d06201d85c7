package io.gemoclap.providers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.embed.SpeechEmbeddingCoder;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;

/** Rows as other languages make them: other orders, wider numbers, maps. */
final class AlignedRowTest {
  private static final Schema PYTHON =
      Schema.builder()
          .addField("vector", FieldType.iterable(FieldType.DOUBLE))
          .addInt64Field("channel")
          .addDoubleField("endSeconds")
          .addInt64Field("startSeconds")
          .addNullableField("metadata", FieldType.map(FieldType.STRING, FieldType.STRING))
          .addStringField("recording")
          .addStringField("modelId")
          .addNullableField("speechProbability", FieldType.DOUBLE)
          .addStringField("comment")
          .build();

  private static Row python(long channel, Double speech) {
    return Row.withSchema(PYTHON)
        .addValues(List.of(0.5, -1.0), channel, 2.5, 1L, Map.of("agent", "Kim"))
        .addValues("a.wav", "id", speech, "a field of the user")
        .build();
  }

  private static SpeechEmbedding embedding(Row row) {
    SpeechEmbeddingCoder coder = SpeechEmbeddingCoder.of();
    return coder.getFromRowFunction().apply(AlignedRow.of(row, coder.getSchema()));
  }

  @Test
  void fieldsAreFoundByNameAndConverted() {
    SpeechEmbedding embedding = embedding(python(1, 0.75));
    assertEquals(new SegmentRef("a.wav", 1, 1, 2.5, Map.of("agent", "Kim"), 0.75), embedding.ref());
    assertArrayEquals(new float[] {0.5f, -1}, embedding.vector());
    assertEquals("id", embedding.model().id());
    assertEquals(-1, embedding.outOfDomain());
  }

  @Test
  void spansNeedOnlyTheirTimes() {
    Schema span =
        Schema.builder().addInt64Field("startSeconds").addDoubleField("endSeconds").build();
    Schema schema =
        Schema.builder()
            .addStringField("recording")
            .addStringField("uri")
            .addField("spans", FieldType.array(FieldType.row(span)))
            .build();
    Row row =
        Row.withSchema(schema)
            .addValues("a", "/a.wav", List.of(Row.withSchema(span).addValues(1L, 2.5).build()))
            .build();
    RecordingCoder coder = RecordingCoder.of();
    Recording recording = coder.getFromRowFunction().apply(AlignedRow.of(row, coder.getSchema()));
    assertEquals(
        Recording.file("/a.wav").withId("a").withSpans(List.of(new Span(1, 2.5))), recording);
  }

  @Test
  void whatIsMissingOrNullIsUnknown() {
    assertEquals(SegmentRef.UNKNOWN, embedding(python(0, null)).ref().speechProbability());
  }

  @Test
  void aValueOfTheWrongTypeOrSizeIsNamed() {
    Row text =
        Row.withSchema(Schema.builder().addStringField("channel").build()).addValue("left").build();
    Schema channel = Schema.builder().addInt32Field("channel").build();
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> AlignedRow.of(text, channel))
            .getMessage()
            .contains("'channel' is String"));
    assertThrows(ArithmeticException.class, () -> embedding(python(1L << 40, 0.5)));
  }

  @Test
  void missingFieldsAreNamedWhenThePipelineIsBuilt() {
    AlignedRow.requireFields(PYTHON, SpeechEmbeddingCoder.of().getSchema());
    Schema other = Schema.builder().addStringField("recording").build();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> AlignedRow.requireFields(other, SpeechEmbeddingCoder.of().getSchema()))
            .getMessage();
    assertTrue(message.contains("[channel, startSeconds, endSeconds, modelId, vector]"), message);
  }
}
