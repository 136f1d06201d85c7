package io.gemoclap.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record's key and headers as metadata of its recording, and back. Headers keep their names; what
 * belongs to the record itself begins with {@code kafka.}. Bytes that are not UTF-8 text are kept
 * as {@code base64:…} and come back as they were; any other text that begins so is left as it is.
 *
 * <p>Of headers of one name the last counts, as in Kafka's own {@code lastHeader}; a header without
 * a value comes back empty; one whose name begins with {@code kafka.} is not carried.
 */
final class KafkaMetadata {
  private static final String RESERVED = "kafka.";
  private static final String BINARY = "base64:";
  static final String KEY = RESERVED + "key";

  private KafkaMetadata() {}

  static Map<String, String> of(KafkaRecord<byte[], byte[]> record) {
    Map<String, String> metadata = new HashMap<>();
    for (Header header : headers(record)) {
      if (!header.key().startsWith(RESERVED)) {
        metadata.put(header.key(), header.value() == null ? "" : text(header.value()));
      }
    }
    metadata.put(RESERVED + "topic", record.getTopic());
    metadata.put(RESERVED + "partition", Integer.toString(record.getPartition()));
    metadata.put(RESERVED + "offset", Long.toString(record.getOffset()));
    if (record.getKV().getKey() != null) {
      metadata.put(KEY, text(record.getKV().getKey()));
    }
    return metadata;
  }

  /** {@code kafka:<topic>/<partition>/<offset>}, the same whenever the record is read. */
  static String id(KafkaRecord<byte[], byte[]> record) {
    return "kafka:" + record.getTopic() + "/" + record.getPartition() + "/" + record.getOffset();
  }

  /** Value of a record's header as text. */
  static Optional<String> header(KafkaRecord<byte[], byte[]> record, String name) {
    Header header = headers(record).lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(text(header.value()));
  }

  private static Headers headers(KafkaRecord<byte[], byte[]> record) {
    return record.getHeaders() == null ? new RecordHeaders() : record.getHeaders();
  }

  /** The key that the record had. */
  static byte @Nullable [] key(Map<String, String> metadata) {
    String key = metadata.get(KEY);
    return key == null ? null : bytes(key);
  }

  /**
   * The headers that the record had, in the order of their names. Metadata that comes from no
   * record become headers as they are.
   */
  static Headers headers(Map<String, String> metadata) {
    boolean ofRecord = metadata.containsKey(RESERVED + "topic");
    RecordHeaders headers = new RecordHeaders();
    new TreeMap<>(metadata)
        .forEach(
            (name, text) -> {
              if (!name.startsWith(RESERVED)) {
                headers.add(name, ofRecord ? bytes(text) : text.getBytes(StandardCharsets.UTF_8));
              }
            });
    return headers;
  }

  private static String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!text.startsWith(BINARY)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Not a text; below it becomes one.
    }
    return BINARY + Base64.getEncoder().encodeToString(bytes);
  }

  /** The bytes that {@link #text} was given; of any other text, its own. */
  private static byte[] bytes(String text) {
    if (text.startsWith(BINARY)) {
      try {
        byte[] decoded = Base64.getDecoder().decode(text.substring(BINARY.length()));
        if (text(decoded).equals(text)) {
          return decoded;
        }
      } catch (IllegalArgumentException e) {
        // Somebody else wrote it, and only the beginning is the same.
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
