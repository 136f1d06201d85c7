package io.gemoclap.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * One kind of row: a name, and a name, type and value for each column. JSON Lines and Parquet are
 * both written from it, so they have the same columns in the same order. Immutable.
 *
 * @param name of the Avro record
 * @param columns in the order of the output
 * @param <T> what a row is made of
 */
record RowType<T>(String name, ImmutableList<Column<T>> columns) implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Avro schemas are not serializable in every version; each JVM makes one per row type. */
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  /**
   * @param name in the output
   * @param value neither null nor of another class than Avro's for the type
   */
  record Column<T>(String name, ColumnType type, SerializableFunction<T, Object> value)
      implements Serializable {}

  RowType(String name, List<Column<T>> columns) {
    this(name, ImmutableList.copyOf(columns));
  }

  Schema schema() {
    return SCHEMAS.computeIfAbsent(name, key -> makeSchema());
  }

  private Schema makeSchema() {
    SchemaBuilder.FieldAssembler<Schema> fields =
        SchemaBuilder.record(name).namespace("io.gemoclap").fields();
    for (Column<T> column : columns) {
      fields = fields.name(column.name()).type(column.type().schema()).noDefault();
    }
    return fields.endRecord();
  }

  /** The row as one line of JSON. */
  String json(T element) {
    Map<String, Object> object = new LinkedHashMap<>();
    columns.forEach(column -> object.put(column.name(), column.value().apply(element)));
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A row of " + name + " is not JSON", e);
    }
  }

  GenericRecord avro(T element) {
    GenericRecord record = new GenericData.Record(schema());
    for (int i = 0; i < columns.size(); i++) {
      record.put(i, columns.get(i).value().apply(element));
    }
    return record;
  }
}
