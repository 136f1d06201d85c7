package io.gemoclap.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.cli.LiveCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code annotate} from a real broker to a real broker, on Flink with checkpoints. */
final class KafkaAnnotationIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();

  /** A quarter past nine, far from any record's own timestamp. */
  private static final long NINE_FIFTEEN = 1_767_258_900_000L;

  @TempDir private static Path folder;
  private static KafkaBroker broker;
  private static Topics topics;

  @BeforeAll
  static void startBroker() throws IOException {
    broker = KafkaBroker.start(folder);
    topics = new Topics(broker.bootstrapServers());
  }

  @AfterAll
  static void stopBroker() {
    topics.close();
    broker.close();
  }

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.sorted().toList();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, keyBytes, value);
  }

  /** Makes the topics of a job and gives the options that all jobs here have. */
  private static String[] job(String name, String... options) throws IOException {
    broker.createTopic(name, 2);
    broker.createTopic(name + "-out", 2);
    broker.createTopic(name + "-out-failures", 1);
    return Stream.concat(
            Stream.of(
                "--input=kafka:" + name,
                "--output=kafka:" + name + "-out",
                "--bootstrap-servers=" + broker.bootstrapServers(),
                "--consumer-group=" + name,
                "--segment=whole"),
            Stream.of(options))
        .toArray(String[]::new);
  }

  private static int results(String name) {
    return topics.read(name + "-out").size() + topics.read(name + "-out-failures").size();
  }

  @Test
  void everyRecordGivesOneResultOrFailureWithItsKeyHeadersAndEventTime() throws Exception {
    String[] options = job("calls", "--event-time-header=spoken-at");
    byte[] binary = {(byte) 0xff, 0, 17};
    Map<String, Path> sent = new HashMap<>();
    for (Path sample : samples()) {
      String key = sample.getFileName().toString();
      ProducerRecord<byte[], byte[]> record = record("calls", key, Files.readAllBytes(sample));
      record.headers().add("caller", key.substring(0, 2).getBytes(StandardCharsets.UTF_8));
      record.headers().add("trace", binary);
      record
          .headers()
          .add("spoken-at", Long.toString(NINE_FIFTEEN).getBytes(StandardCharsets.UTF_8));
      topics.write(record);
      sent.put(key, sample);
    }
    byte[] letter = "Dear Sir or Madam,\n".repeat(99).getBytes(StandardCharsets.UTF_8);
    topics.write(record("calls", "letter", letter));
    topics.write(record("calls", "tombstone", null));
    topics.write(record("calls", null, letter));

    try (LiveCommand job = LiveCommand.annotate(options)) {
      job.await("all results", () -> results("calls") >= sent.size() + 3);
    }

    Map<String, ConsumerRecord<byte[], byte[]>> annotated = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : topics.read("calls-out")) {
      annotated.put(new String(record.key(), StandardCharsets.UTF_8), record);
      assertEquals(NINE_FIFTEEN, record.timestamp());
      assertArrayEquals(binary, record.headers().lastHeader("trace").value());
    }
    assertEquals(sent.keySet(), annotated.keySet());
    assertEquals(sent.size(), topics.read("calls-out").size());
    assertEquals("en", Topics.header(annotated.get("en_male_happy.flac"), "caller"));
    Set<String> ids = new HashSet<>();
    for (JsonNode row : topics.readJson("calls-out")) {
      assertEquals(
          row.at("/metadata/kafka.key").asText().substring(0, 2),
          row.at("/metadata/caller").asText());
      assertTrue(row.get("segment_id").asText().startsWith("kafka:calls/"), row.toString());
      ids.add(row.get("segment_id").asText());
    }
    assertEquals(sent.size(), ids.size());
    Map<String, String> failures = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : topics.read("calls-out-failures")) {
      String key = record.key() == null ? "none" : new String(record.key(), StandardCharsets.UTF_8);
      failures.put(key, new String(record.value(), StandardCharsets.UTF_8));
    }
    assertEquals(Set.of("letter", "tombstone", "none"), failures.keySet());
    assertTrue(failures.get("letter").contains("UNSUPPORTED"), failures.toString());
    assertTrue(failures.get("tombstone").contains("NO_AUDIO"), failures.toString());
  }
}
