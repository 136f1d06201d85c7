package io.gemoclap.row;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.score.EmotionShare;
import io.gemoclap.score.LabelScore;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunctions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class SqlRowsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static TimestampedValue<SegmentRef> segment(String recording, Instant time) {
    return TimestampedValue.of(new SegmentRef(recording, 0, 0, 1, Map.of()), time);
  }

  @Test
  void theTimestampIsAFieldOfSqlTimeAndNullWhereThereIsNone(TestPipeline pipeline) {
    PCollection<Row> rows =
        pipeline
            .apply(
                Create.timestamped(
                    segment("timed", NOON),
                    segment("file", BoundedWindow.TIMESTAMP_MIN_VALUE),
                    segment("grouped", GlobalWindow.INSTANCE.maxTimestamp())))
            .apply(SqlRows.create());
    Schema.Field field = rows.getSchema().getField("eventTime");
    assertEquals(Schema.FieldType.DATETIME.withNullable(true), field.getType());
    PAssert.that(
            rows.apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(row -> row.getString("recording") + " " + row.getDateTime("eventTime"))))
        .containsInAnyOrder("timed " + NOON, "file null", "grouped null");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void anEventTimeOfTheValueStaysAndAMissingOneIsFilledIn(TestPipeline pipeline) {
    Schema schema =
        Schema.builder().addNullableField("eventTime", Schema.FieldType.DATETIME).build();
    Row own = Row.withSchema(schema).addValue(NOON).build();
    Row none = Row.withSchema(schema).addValue(null).build();
    Instant later = NOON.plus(Duration.standardMinutes(1));
    PCollection<Row> rows =
        pipeline
            .apply(
                Create.timestamped(
                        TimestampedValue.of(own, later), TimestampedValue.of(none, later))
                    .withSchema(
                        schema,
                        TypeDescriptor.of(Row.class),
                        SerializableFunctions.identity(),
                        SerializableFunctions.identity()))
            .apply(SqlRows.create());
    assertEquals(schema, rows.getSchema());
    PAssert.that(rows).containsInAnyOrder(own, Row.withSchema(schema).addValue(later).build());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void metadataAndProbabilitiesAreMapsAndOtherListsStay(TestPipeline pipeline) {
    SegmentRef call = new SegmentRef("call", 0, 0, 1, Map.of("agent", "Kim"));
    PCollection<Row> embeddings =
        pipeline
            .apply(
                "A segment",
                Create.of(new SpeechEmbedding(call, new float[] {1}, new BundleRef("", "id"))))
            .apply("Embeddings", SqlRows.create());
    PCollection<Row> shares =
        pipeline
            .apply(
                "A share",
                Create.of(
                    EmotionShare.create(
                        "k", NOON, NOON, "l", 1, 1, List.of(LabelScore.of("calm", 0.25)))))
            .apply("Shares", SqlRows.create());
    assertEquals(
        List.of(
            "key", "start", "end", "labelSet", "segments", "speechSeconds", "shares", "eventTime"),
        shares.getSchema().getFieldNames());
    PAssert.that(
            embeddings.apply(
                "Texts of segments",
                MapElements.into(TypeDescriptors.strings())
                    .via(row -> row.getMap("metadata") + " " + row.getArray("vector"))))
        .containsInAnyOrder("{agent=Kim} [1.0]");
    PAssert.that(
            shares.apply(
                "Texts of shares",
                MapElements.into(TypeDescriptors.strings())
                    .via(row -> row.getMap("shares").toString())))
        .containsInAnyOrder("{calm=0.25}");
    pipeline.run().waitUntilFinish();
  }
}
