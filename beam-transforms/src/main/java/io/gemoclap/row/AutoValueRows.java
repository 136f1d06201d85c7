package io.gemoclap.row;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaProvider;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The schema of an AutoValue class, as {@link AutoValueSchema} makes it, with {@link MetadataRows}
 * in place of maps.
 *
 * @hidden
 */
@Internal
public final class AutoValueRows implements SchemaProvider {
  private static final AutoValueSchema AUTO_VALUE = new AutoValueSchema();

  @Override
  public <T> Schema schemaFor(TypeDescriptor<T> type) {
    return withoutMaps(AUTO_VALUE.schemaFor(type));
  }

  @Override
  public <T> SerializableFunction<T, Row> toRowFunction(TypeDescriptor<T> type) {
    return new ToRow<>(AUTO_VALUE.toRowFunction(type), schemaFor(type));
  }

  @Override
  public <T> SerializableFunction<Row, T> fromRowFunction(TypeDescriptor<T> type) {
    return new FromRow<>(AUTO_VALUE.fromRowFunction(type), AUTO_VALUE.schemaFor(type));
  }

  private static Schema withoutMaps(Schema schema) {
    Schema.Builder fields = Schema.builder();
    for (Schema.Field field : schema.getFields()) {
      fields.addField(
          field.getType().getTypeName().isMapType() ? field.withType(MetadataRows.TYPE) : field);
    }
    return fields.build();
  }

  /** A record, because Beam compares coders by such functions. */
  private record ToRow<T>(SerializableFunction<T, Row> withMaps, Schema schema)
      implements SerializableFunction<T, Row> {
    @Override
    public Row apply(T value) {
      Row row = withMaps.apply(value);
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < row.getFieldCount(); i++) {
        boolean isMap = row.getSchema().getField(i).getType().getTypeName().isMapType();
        values.add(isMap ? MetadataRows.of(row.getMap(i)) : row.getValue(i));
      }
      return Row.withSchema(schema).attachValues(values);
    }
  }

  private record FromRow<T>(SerializableFunction<Row, T> withMaps, Schema schema)
      implements SerializableFunction<Row, T> {
    @Override
    public T apply(Row row) {
      List<Object> values = new ArrayList<>();
      for (Schema.Field field : schema.getFields()) {
        values.add(
            field.getType().getTypeName().isMapType()
                ? MetadataRows.map(row.getArray(field.getName()))
                : row.getValue(field.getName()));
      }
      return withMaps.apply(Row.withSchema(schema).attachValues(values));
    }
  }
}
