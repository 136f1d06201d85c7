package io.gemoclap.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Written;
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

  /** Ids of the results; each must be there, and the guarantee allows that some are twice. */
  private static Set<String> ids(String topic) throws IOException {
    Set<String> ids = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : topics.read(topic)) {
      ids.add(Topics.header(record, PublishAnnotations.ID));
    }
    return ids;
  }

  @Test
  void aBrokerThatIsKilledAndComesBackCostsNoResult() throws Exception {
    int half = 20;
    Path sample = SAMPLES.resolve("de_male_bored.wav");
    byte[] audio = Files.readAllBytes(sample);
    try (LiveCommand job = LiveCommand.annotate(job("restart"))) {
      for (int i = 0; i < half; i++) {
        topics.write(record("restart", "first" + i, audio));
      }
      job.await("some results before the kill", () -> results("restart") >= half / 2);
      broker.kill();
      broker.start();
      for (int i = 0; i < half; i++) {
        topics.write(record("restart", "second" + i, audio));
      }
      job.await("all results", () -> ids("restart-out").size() >= 2 * half);
    }

    assertEquals(2 * half, ids("restart-out").size());
    assertEquals(0, topics.read("restart-out-failures").size());
  }

  @Test
  void anotherLabelSetCountsFromThenOnAndABadOneIsRefused() throws Exception {
    broker.createTopic("labels", 1);
    byte[] audio = Files.readAllBytes(SAMPLES.resolve("de_male_bored.wav"));
    Set<String> three = Set.of("furious", "weary", "cheerful");
    try (LiveCommand job = LiveCommand.annotate(job("live", "--live-labels=kafka:labels"))) {
      topics.write(record("live", "before", audio));
      job.await("a result with the model's labels", () -> results("live") >= 1);
      topics.write("labels", "{\"labels\": [\"furious\", \"weary\", \"cheerful\"]}");
      job.await(
          "a result with the other labels",
          () -> {
            topics.write(record("live", "after", audio));
            return labelsOf(last("live-out")).equals(three);
          });
      topics.write("labels", "{\"labels\": [\"alone\"]}");
      job.await("the refusal", () -> !topics.read("live-out-failures").isEmpty());
      topics.write(record("live", "last", audio));
      job.await(
          "the last result",
          () -> topics.readJson("live-out").stream().anyMatch(row -> key(row).equals("last")));
    }

    Set<String> sets = new HashSet<>();
    for (JsonNode row : topics.readJson("live-out")) {
      sets.add(row.get("label_set").asText());
      if (key(row).equals("last")) {
        assertEquals(three, labelsOf(row));
      }
    }
    assertEquals(2, sets.size());
    JsonNode refused = topics.readJson("live-out-failures").get(0);
    assertEquals("REFUSED", refused.get("kind").asText());
    assertTrue(refused.get("message").asText().contains("alone"), refused.toString());
  }

  private static JsonNode last(String topic) throws IOException {
    return topics.readJson(topic).stream()
        .reduce((a, b) -> b)
        .orElseThrow(() -> new IllegalStateException("Nothing in " + topic));
  }

  private static String key(JsonNode row) {
    return row.at("/metadata/kafka.key").asText();
  }

  private static Set<String> labelsOf(JsonNode row) {
    Set<String> labels = new HashSet<>();
    row.get("scores").fieldNames().forEachRemaining(labels::add);
    return labels;
  }

  @Test
  void urisAreReadOverTlsWithAPasswordThatIsShownNowhereAndFilesAreWrittenByWindow()
      throws Exception {
    Path files = folder.resolve("windows");
    String[] options =
        job(
            "uris",
            "--bootstrap-servers=" + broker.secureBootstrapServers(),
            "--kafka-properties=" + broker.secureClientProperties(),
            "--kafka-value=uri",
            "--output=" + files,
            "--window=0.05");
    options =
        Stream.of(options)
            .filter(option -> !option.endsWith("=" + broker.bootstrapServers()))
            .toArray(String[]::new);
    try (LiveCommand job = LiveCommand.annotate(options)) {
      for (Path sample : samples()) {
        topics.write(record("uris", null, sample.toString().getBytes(StandardCharsets.UTF_8)));
      }
      String missing = folder.resolve("gone.wav").toString();
      topics.write(record("uris", "gone", missing.getBytes(StandardCharsets.UTF_8)));
      job.await("all results", () -> results("uris") >= samples().size() + 1);
      job.await(
          "the files",
          () ->
              Files.isDirectory(files)
                  && Written.jsonLines(files, "annotations").size() >= samples().size()
                  && !Written.jsonLines(files, "failures").isEmpty());
      assertFalse(job.messages().contains(BrokerSecurity.PASSWORD), "the password was shown");
    }

    assertEquals(ids("uris-out").size(), Written.jsonLines(files, "annotations").size());
    ConsumerRecord<byte[], byte[]> gone = topics.read("uris-out-failures").get(0);
    assertTrue(new String(gone.value(), StandardCharsets.UTF_8).contains("UNREADABLE"));
    for (ConsumerRecord<byte[], byte[]> record : topics.read("uris-out")) {
      assertNull(record.key());
    }
  }

  @Test
  void aWatchedFolderIsAnnotatedAsItGrows() throws Exception {
    Path watched = Files.createDirectory(folder.resolve("watched"));
    Path files = folder.resolve("watched-out");
    Path sample = SAMPLES.resolve("de_male_bored.wav");
    try (LiveCommand job =
        LiveCommand.annotate(
            "--input=" + watched, "--output=" + files, "--watch=1", "--window=0.05")) {
      for (String name : List.of("first.wav", "second.wav")) {
        Files.copy(sample, watched.resolve(name));
        job.await(
            name,
            () ->
                Files.isDirectory(files)
                    && names(files, "annotations").contains(name)
                    && names(files, "recordings").contains(name));
      }
    }
    for (String rows : List.of("annotations", "recordings")) {
      assertEquals(Set.of("first.wav", "second.wav"), names(files, rows));
    }
  }

  private static Set<String> names(Path folder, String rows) throws IOException {
    return Written.names(Written.jsonLines(folder, rows), "recording");
  }
}
