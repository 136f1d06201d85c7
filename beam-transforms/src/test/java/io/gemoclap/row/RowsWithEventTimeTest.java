package io.gemoclap.row;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.score.EmotionShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class RowsWithEventTimeTest {
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
            .apply(RowsWithEventTime.create());
    Schema.Field field = rows.getSchema().getField(RowsWithEventTime.FIELD);
    assertEquals(Schema.FieldType.DATETIME.withNullable(true), field.getType());
    PAssert.that(
            rows.apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(row -> row.getString("recording") + " " + row.getDateTime("eventTime"))))
        .containsInAnyOrder("timed " + NOON, "file null", "grouped null");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aSchemaThatHasTheFieldStaysAsItIs(TestPipeline pipeline) {
    Schema schema =
        Schema.builder().addNullableField("eventTime", Schema.FieldType.DATETIME).build();
    Row row = Row.withSchema(schema).addValue(NOON).build();
    PCollection<Row> rows =
        pipeline.apply(Create.of(row).withRowSchema(schema)).apply(RowsWithEventTime.create());
    assertEquals(schema, rows.getSchema());
    PAssert.that(rows).containsInAnyOrder(row);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void fieldsOfTheValueComeFirst(TestPipeline pipeline) {
    PCollection<Row> rows =
        pipeline
            .apply(Create.of(EmotionShare.create("k", NOON, NOON, "l", 1, 1, List.of())))
            .apply(RowsWithEventTime.create());
    List<String> expected =
        new ArrayList<>(List.of("key", "start", "end", "labelSet", "segments", "speechSeconds"));
    expected.addAll(List.of("shares", "eventTime"));
    assertEquals(expected, rows.getSchema().getFieldNames());
    pipeline.run().waitUntilFinish();
  }
}
