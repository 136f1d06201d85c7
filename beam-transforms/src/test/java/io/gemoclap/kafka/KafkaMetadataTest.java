package io.gemoclap.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

final class KafkaMetadataTest {
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static KafkaRecord<byte[], byte[]> record(long time, RecordHeaders headers, byte[] key) {
    return new KafkaRecord<>(
        "calls", 3, 17, time, KafkaTimestampType.CREATE_TIME, headers, key, new byte[1]);
  }

  @Test
  void textStaysReadable() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("caller", utf8("Zoë"));

    Map<String, String> metadata = KafkaMetadata.of(record(0, headers, utf8("k")));

    assertEquals(
        Map.of(
            "caller", "Zoë",
            "kafka.key", "k",
            "kafka.topic", "calls",
            "kafka.partition", "3",
            "kafka.offset", "17"),
        metadata);
    assertEquals("kafka:calls/3/17", KafkaMetadata.id(record(0, headers, null)));
  }

  @Test
  void anyBytesRoundTrip() {
    byte[] binary = {(byte) 0xff, 0, 7};
    RecordHeaders headers = new RecordHeaders();
    headers.add("binary", binary);
    headers.add("confusing", utf8("base64:AAAA"));

    Map<String, String> metadata = KafkaMetadata.of(record(0, headers, binary));

    assertArrayEquals(binary, KafkaMetadata.key(metadata));
    assertEquals(headers, KafkaMetadata.headers(metadata));
  }

  @Test
  void theLastOfEqualNamesCountsAndReservedOnesAreLeftOut() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("a", utf8("1")).add("a", utf8("2")).add("b", null);
    headers.add("kafka.offset", utf8("forged"));

    Map<String, String> metadata = KafkaMetadata.of(record(0, headers, null));

    assertEquals("2", metadata.get("a"));
    assertEquals("", metadata.get("b"));
    assertEquals("17", metadata.get("kafka.offset"));
    assertNull(KafkaMetadata.key(metadata));
    assertFalse(KafkaMetadata.headers(metadata).headers("kafka.offset").iterator().hasNext());
  }
}
