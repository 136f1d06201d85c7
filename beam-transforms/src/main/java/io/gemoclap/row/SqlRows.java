package io.gemoclap.row;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
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
 * Values as a table of Beam SQL. It has the fields of {@code Convert.toRows()}, and:
 *
 * <ul>
 *   <li>{@code eventTime}, the element's timestamp, which {@code TUMBLE} and the other windows
 *       take. It is null for elements without a timestamp: those of files, and results that were
 *       grouped in the global window. A value that has an event time already, as {@code
 *       EmotionScores} may, keeps it.
 *   <li>maps in place of lists of names and values, so that {@code metadata['agent']} and {@code
 *       scores['anger']} work; an unknown name gives null.
 * </ul>
 *
 * <p>Element-wise, for bounded and unbounded input.
 *
 * @param <T> a type with a Beam schema
 */
public final class SqlRows<T> extends PTransform<PCollection<T>, PCollection<Row>> {
  private static final String EVENT_TIME = "eventTime";

  private SqlRows() {}

  /** The conversion, which has no settings. */
  public static <T> SqlRows<T> create() {
    return new SqlRows<>();
  }

  /**
   * Converts.
   *
   * @throws IllegalStateException if the input has no schema
   */
  @Override
  public PCollection<Row> expand(PCollection<T> values) {
    Schema table = table(values.getSchema());
    return values
        .apply("ToRows", ParDo.of(new ToRowFn<>(values.getToRowFunction(), table)))
        .setRowSchema(table);
  }

  private static Schema table(Schema schema) {
    Schema.Builder table = Schema.builder();
    for (Schema.Field field : schema.getFields()) {
      Schema pair = pair(field.getType());
      table.addField(
          pair == null
              ? field
              : field.withType(FieldType.map(FieldType.STRING, pair.getField(1).getType())));
    }
    if (!schema.hasField(EVENT_TIME)) {
      table.addNullableField(EVENT_TIME, FieldType.DATETIME);
    }
    return table.build();
  }

  /** The schema of a list's elements, if these are a name and a value. */
  private static @Nullable Schema pair(FieldType type) {
    FieldType element = type.getCollectionElementType();
    if (element == null || element.getTypeName() != TypeName.ROW) {
      return null;
    }
    Schema row = element.getRowSchema();
    boolean pair =
        row != null
            && row.getFieldCount() == 2
            && row.getField(0).getType().equals(FieldType.STRING);
    return pair ? row : null;
  }

  private static final class ToRowFn<T> extends DoFn<T, Row> {
    private final SerializableFunction<T, Row> toRow;
    private final Schema table;

    ToRowFn(SerializableFunction<T, Row> toRow, Schema table) {
      this.toRow = toRow;
      this.table = table;
    }

    @ProcessElement
    public void process(@Element T value, @Timestamp Instant timestamp, OutputReceiver<Row> out) {
      Row row = toRow.apply(value);
      List<@Nullable Object> values = new ArrayList<>();
      for (Schema.Field field : table.getFields()) {
        String name = field.getName();
        Object column = row.getSchema().hasField(name) ? row.getValue(name) : null;
        if (column == null && name.equals(EVENT_TIME)) {
          column = time(timestamp);
        } else if (column != null && field.getType().getTypeName() == TypeName.MAP) {
          column = map(row.getArray(name));
        }
        values.add(column);
      }
      out.output(Row.withSchema(table).attachValues(values));
    }

    private static Map<String, @Nullable Object> map(Iterable<Row> pairs) {
      Map<String, @Nullable Object> map = new HashMap<>();
      for (Row pair : pairs) {
        map.put(pair.getValue(0), pair.getValue(1));
      }
      return map;
    }

    /**
     * The time that a timestamp stands for: bounded input without timestamps has Beam's earliest
     * one, and the end of the global window is none either.
     */
    private static @Nullable Instant time(Instant timestamp) {
      boolean event =
          timestamp.isAfter(BoundedWindow.TIMESTAMP_MIN_VALUE)
              && timestamp.isBefore(GlobalWindow.INSTANCE.maxTimestamp());
      return event ? timestamp : null;
    }
  }
}
