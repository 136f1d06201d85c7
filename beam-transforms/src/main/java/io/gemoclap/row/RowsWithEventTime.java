package io.gemoclap.row;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Converts values to rows, as Beam's {@code Convert.toRows()} does, and adds the field {@code
 * eventTime}: the element's timestamp, by which {@code TUMBLE} and the other windows of Beam SQL
 * group. It is null for elements without a timestamp: those of files, and results that were grouped
 * in the global window. Values that have such a field already, as {@code EmotionScores} do, keep
 * it.
 *
 * <p>Element-wise, for bounded and unbounded input.
 *
 * @param <T> a type with a Beam schema
 */
public final class RowsWithEventTime<T> extends PTransform<PCollection<T>, PCollection<Row>> {
  /** Name of the field. */
  public static final String FIELD = "eventTime";

  private RowsWithEventTime() {}

  /** The conversion, which has no settings. */
  public static <T> RowsWithEventTime<T> create() {
    return new RowsWithEventTime<>();
  }

  /**
   * Converts.
   *
   * @throws IllegalStateException if the input has no schema
   */
  @Override
  public PCollection<Row> expand(PCollection<T> values) {
    Schema schema = values.getSchema();
    Schema rows = schema.hasField(FIELD) ? schema : withEventTime(schema);
    return values
        .apply("ToRows", ParDo.of(new ToRowFn<>(values.getToRowFunction(), rows)))
        .setRowSchema(rows);
  }

  private static Schema withEventTime(Schema schema) {
    return Schema.builder()
        .addFields(schema.getFields())
        .addNullableField(FIELD, Schema.FieldType.DATETIME)
        .build();
  }

  /**
   * The time that a timestamp stands for: bounded input without timestamps has Beam's earliest one,
   * and the end of the global window is none either.
   */
  private static @Nullable Instant time(Instant timestamp) {
    boolean event =
        timestamp.isAfter(BoundedWindow.TIMESTAMP_MIN_VALUE)
            && timestamp.isBefore(GlobalWindow.INSTANCE.maxTimestamp());
    return event ? timestamp : null;
  }

  private static final class ToRowFn<T> extends DoFn<T, Row> {
    private final SerializableFunction<T, Row> toRow;
    private final Schema schema;

    ToRowFn(SerializableFunction<T, Row> toRow, Schema schema) {
      this.toRow = toRow;
      this.schema = schema;
    }

    @ProcessElement
    public void process(@Element T value, @Timestamp Instant timestamp, OutputReceiver<Row> out) {
      Row row = toRow.apply(value);
      if (row.getFieldCount() < schema.getFieldCount()) {
        Row.Builder longer = Row.withSchema(schema).addValues(row.getValues());
        row = longer.addValue(time(timestamp)).build();
      }
      out.output(row);
    }
  }
}
