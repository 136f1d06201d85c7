package io.gemoclap.providers;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.failure.Outcome;
import io.gemoclap.row.MetadataRows;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;

/**
 * Recordings as rows of another language: {@code uri}, or {@code recording} (an id) and {@code
 * encoded} (bytes, or a string in Base64). Fields that are none of these are metadata, as other
 * columns of a manifest are.
 */
final class RecordingRows {
  private static final Schema SCHEMA = RecordingCoder.of().getSchema();

  private RecordingRows() {}

  /**
   * The recordings of a transform's input.
   *
   * @throws IllegalArgumentException if the rows name no recording
   */
  static Outcome<Recording> of(PCollectionRowTuple input) {
    PCollection<Row> rows = input.getSinglePCollection();
    Schema schema = rows.getSchema();
    boolean encoded = schema.hasField("encoded") && schema.hasField("recording");
    if (!schema.hasField("uri") && !encoded) {
      throw new IllegalArgumentException(
          "The input has the fields %s, but needs 'uri', or 'recording' (an id) and 'encoded' (the bytes of the file)"
              .formatted(schema.getFieldNames()));
    }
    return InputRows.read(rows, RecordingCoder.of(), RecordingRows::align);
  }

  private static Row align(Row row) {
    Map<String, Object> values = new HashMap<>();
    Map<String, String> metadata = new HashMap<>();
    for (Schema.Field field : row.getSchema().getFields()) {
      String name = field.getName();
      Object value = row.getValue(name);
      if (value == null) {
        continue;
      }
      if (name.equals("metadata")) {
        metadata.putAll(MetadataRows.map(AlignedRow.metadata(value)));
      } else if (!SCHEMA.hasField(name)) {
        metadata.put(name, value.toString());
      } else if (value instanceof byte[] bytes) {
        values.put(name, Base64.getEncoder().encodeToString(bytes));
      } else {
        values.put(name, value);
      }
    }
    if (values.get("uri") != null) {
      values.putIfAbsent("recording", values.get("uri"));
    }
    values.put("metadata", MetadataRows.of(metadata));
    return AlignedRow.of(values::get, SCHEMA);
  }
}
