package io.gemoclap.providers;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.model.Familiarity;
import io.gemoclap.row.MetadataRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of another language into rows of a schema of ours. Fields are found by their names.
 * Numbers may be wider, since Python and YAML know only 64 bits, and metadata may be a map.
 */
final class AlignedRow {
  /** What stands for a field that the input may lack. */
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "metadata",
          List.of(),
          "spans",
          List.of(),
          // Both follow from other fields.
          "segmentId",
          "",
          "modelUri",
          "",
          "speechProbability",
          SegmentRef.UNKNOWN,
          "outOfDomain",
          Familiarity.UNKNOWN,
          "spans.speaker",
          "",
          "spans.channel",
          Span.EVERY_CHANNEL);

  private AlignedRow() {}

  /**
   * Checks that an input has what a value needs.
   *
   * @throws IllegalArgumentException naming the fields that it lacks, and those that it has
   */
  static void requireFields(Schema input, Schema target) {
    List<String> missing = new ArrayList<>();
    for (Schema.Field field : target.getFields()) {
      boolean optional = field.getType().getNullable() || DEFAULTS.containsKey(field.getName());
      if (!optional && !input.hasField(field.getName())) {
        missing.add(field.getName());
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "The input lacks the fields %s; it has %s. Give it the rows of the stage before, or rows with the same fields"
              .formatted(missing, input.getFieldNames()));
    }
  }

  /**
   * The same values in a row of {@code target}.
   *
   * @throws IllegalArgumentException if a value is none of its field's type
   */
  static Row of(Row row, Schema target) {
    return of("", row, target);
  }

  private static Row of(String prefix, Row row, Schema target) {
    return of(prefix, name -> row.getSchema().hasField(name) ? row.getValue(name) : null, target);
  }

  /** The same with values by the names of their fields. */
  static Row of(Function<String, @Nullable Object> fields, Schema target) {
    return of("", fields, target);
  }

  private static Row of(String prefix, Function<String, @Nullable Object> fields, Schema target) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Schema.Field field : target.getFields()) {
      String name = field.getName();
      Object value = fields.apply(name);
      if (value == null && !field.getType().getNullable()) {
        value = DEFAULTS.get(prefix + name);
      }
      if (value == null && !field.getType().getNullable()) {
        throw new IllegalArgumentException("The field '" + prefix + name + "' is null");
      }
      values.add(value == null ? null : convert(name, value, field.getType()));
    }
    return Row.withSchema(target).attachValues(values);
  }

  private static Object convert(String name, Object value, FieldType type) {
    return switch (type.getTypeName()) {
      case INT32 -> Math.toIntExact(number(name, value).longValue());
      case FLOAT -> number(name, value).floatValue();
      case DOUBLE -> number(name, value).doubleValue();
      case ARRAY -> list(name, value, type);
      case ROW -> of(name + ".", instance(name, value, Row.class), row(type));
      default -> instance(name, value, String.class);
    };
  }

  private static List<Object> list(String name, Object value, FieldType type) {
    if (value instanceof Map<?, ?>) {
      return List.copyOf(metadata(value));
    }
    FieldType element = type.getCollectionElementType();
    if (element == null) {
      throw new IllegalStateException("The list '" + name + "' has no type of its elements");
    }
    List<Object> list = new ArrayList<>();
    for (Object each : instance(name, value, Iterable.class)) {
      list.add(convert(name, each, element));
    }
    return list;
  }

  /** Metadata, given as a map or as a list of rows with {@code key} and {@code value}. */
  static List<Row> metadata(Object value) {
    Map<String, String> metadata = new HashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, text) -> metadata.put(String.valueOf(key), String.valueOf(text)));
    } else {
      for (Object entry : instance("metadata", value, Iterable.class)) {
        Row row = instance("metadata", entry, Row.class);
        metadata.put(row.getString("key"), row.getString("value"));
      }
    }
    return MetadataRows.of(metadata);
  }

  private static Schema row(FieldType type) {
    Schema schema = type.getRowSchema();
    if (schema == null) {
      throw new IllegalStateException(type + " is no row");
    }
    return schema;
  }

  private static Number number(String name, Object value) {
    return instance(name, value, Number.class);
  }

  private static <T> T instance(String name, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "The field '%s' is %s, but must be %s"
              .formatted(name, value.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(value);
  }
}
