package io.gemoclap.read;

import com.google.common.primitives.Floats;
import io.gemoclap.score.LabelScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row of results by their columns, from JSON or from Parquet.
 *
 * @param values as Jackson or Avro give them
 */
record Cells(Map<String, Object> values) {
  /** The values of a record of Parquet. */
  static Cells of(GenericRecord record) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      values.put(field.name(), value instanceof Map<?, ?> map ? sorted(map) : value);
    }
    return new Cells(values);
  }

  /** Avro's maps have no order of their own. */
  private static Map<String, Object> sorted(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((name, value) -> sorted.put(name.toString(), value));
    return sorted;
  }

  /** Whether the row has a column; files of earlier versions lack some. */
  boolean has(String column) {
    return values.get(column) != null;
  }

  String text(String column) {
    return get(column).toString();
  }

  double number(String column) {
    return ((Number) get(column)).doubleValue();
  }

  /** A number, or another one where the file has no such column. */
  double number(String column, double otherwise) {
    return has(column) ? number(column) : otherwise;
  }

  int integer(String column) {
    return ((Number) get(column)).intValue();
  }

  boolean flag(String column) {
    return (Boolean) get(column);
  }

  List<String> texts(String column) {
    List<String> texts = new ArrayList<>();
    ((Iterable<?>) get(column)).forEach(text -> texts.add(text.toString()));
    return texts;
  }

  Map<String, String> textByName(String column) {
    return byName(column, Object::toString);
  }

  List<LabelScore> scores(String column) {
    List<LabelScore> scores = new ArrayList<>();
    byName(column, number -> ((Number) number).doubleValue())
        .forEach((label, p) -> scores.add(LabelScore.of(label, p)));
    return scores;
  }

  float[] vector(String column) {
    List<Number> numbers = new ArrayList<>();
    ((Iterable<?>) get(column)).forEach(number -> numbers.add((Number) number));
    return Floats.toArray(numbers);
  }

  private <V> Map<String, V> byName(String column, Function<Object, V> value) {
    Map<String, V> map = new LinkedHashMap<>();
    ((Map<?, ?>) get(column)).forEach((name, v) -> map.put(name.toString(), value.apply(v)));
    return map;
  }

  private Object get(String column) {
    @Nullable Object value = values.get(column);
    if (value == null) {
      throw new IllegalArgumentException("it has no column '" + column + "'");
    }
    return value;
  }
}
