package io.gemoclap.row;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;

/**
 * Metadata in Beam rows: a list of rows with {@code key} and {@code value}, in order of the keys.
 * Beam's {@code ToJson} rejects maps, and their encoding has no fixed order.
 *
 * @hidden
 */
@Internal
public final class MetadataRows {
  private static final Schema ENTRY =
      Schema.builder().addStringField("key").addStringField("value").build();

  /** The type of a field that holds metadata. */
  public static final Schema.FieldType TYPE = Schema.FieldType.array(Schema.FieldType.row(ENTRY));

  private MetadataRows() {}

  /** The value of such a field. */
  public static List<Row> of(Map<String, String> metadata) {
    return new TreeMap<>(metadata)
        .entrySet().stream()
            .map(entry -> Row.withSchema(ENTRY).attachValues(entry.getKey(), entry.getValue()))
            .toList();
  }

  /** The metadata of such a value; the last of equal keys counts. */
  public static Map<String, String> map(Collection<Row> entries) {
    Map<String, String> metadata = new HashMap<>();
    for (Row entry : entries) {
      metadata.put(entry.getString("key"), entry.getString("value"));
    }
    return metadata;
  }
}
