package io.gemoclap.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes a record has, and whatever text others put into the metadata, comes back. */
final class KafkaMetadataBytesTest {

  private static Map<String, String> metadata(byte[] key, byte[] value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("header", value);
    return KafkaMetadata.of(
        new KafkaRecord<>(
            "topic", 0, 7, 0, KafkaTimestampType.CREATE_TIME, headers, KV.of(key, new byte[0])));
  }

  private static byte[] header(Map<String, String> metadata, String name) {
    return KafkaMetadata.headers(metadata).lastHeader(name).value();
  }

  @RepeatedTest(50)
  void randomBytesRoundTrip(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    byte[] marked = ("base64:" + new String(bytes, UTF_8)).getBytes(UTF_8);
    for (byte[] value : new byte[][] {bytes, marked}) {
      Map<String, String> metadata = metadata(value, value);
      assertArrayEquals(value, KafkaMetadata.key(metadata));
      assertArrayEquals(value, header(metadata, "header"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base64:%%",
        "base64:",
        "base64:A",
        "base64:QUJD",
        "base64:QQ",
        "base64:/w==",
        "base64: /w==",
        "BASE64:%%",
        "",
        "ä",
        "\uD83D\uDE00"
      })
  void foreignTextIsLeftAsItIs(String text) {
    assertEquals(text, new String(header(Map.of("note", text), "note"), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base64:%%", "base64:A", "base64:QUJD", "base64:QQ", "base64: /w=="})
  void textAddedToTheMetadataOfARecordIsLeftAsItIs(String text) {
    Map<String, String> metadata = new HashMap<>(metadata(new byte[] {1}, new byte[] {-1}));
    metadata.put("note", text);
    assertEquals(text, new String(header(metadata, "note"), UTF_8));
    assertArrayEquals(new byte[] {-1}, header(metadata, "header"));
  }
}
