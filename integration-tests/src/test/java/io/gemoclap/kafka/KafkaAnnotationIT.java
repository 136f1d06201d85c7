package io.gemoclap.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import io.gemoclap.cli.StreamingCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static KafkaJobs jobs;

  @BeforeAll
  static void startBroker() throws IOException {
    jobs = KafkaJobs.start(folder);
  }

  @AfterAll
  static void stopBroker() {
    jobs.close();
  }

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.sorted().toList();
    }
  }

  @Test
  void everyRecordGivesOneResultOrFailureWithItsKeyHeadersAndEventTime() throws Exception {
    String[] options =
        jobs.options(
            "calls", "--event-time-header=spoken-at", "--recording-topic=calls-recordings");
    jobs.broker().createTopic("calls-recordings", 1);
    byte[] binary = {(byte) 0xff, 0, 17};
    Map<String, Path> sent = new HashMap<>();
    for (Path sample : samples()) {
      String key = sample.getFileName().toString();
      ProducerRecord<byte[], byte[]> record =
          KafkaJobs.record("calls", key, Files.readAllBytes(sample));
      record.headers().add("caller", key.substring(0, 2).getBytes(StandardCharsets.UTF_8));
      record.headers().add("trace", binary);
      record
          .headers()
          .add("spoken-at", Long.toString(NINE_FIFTEEN).getBytes(StandardCharsets.UTF_8));
      jobs.topics().write(record);
      sent.put(key, sample);
    }
    byte[] letter = "Dear Sir or Madam,\n".repeat(99).getBytes(StandardCharsets.UTF_8);
    jobs.topics().write(KafkaJobs.record("calls", "letter", letter));
    jobs.topics().write(KafkaJobs.record("calls", "tombstone", null));
    jobs.topics().write(KafkaJobs.record("calls", null, letter));

    try (StreamingCommand job = StreamingCommand.annotate(options)) {
      job.await("all results", () -> jobs.results("calls") >= sent.size() + 3);
      job.await("counters", () -> job.counted("ScoreEmotions.segments") >= sent.size());
      job.await(
          "all recordings", () -> jobs.topics().read("calls-recordings").size() >= sent.size());
    }

    Map<String, ConsumerRecord<byte[], byte[]>> annotated = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : jobs.topics().read("calls-out")) {
      annotated.put(new String(record.key(), StandardCharsets.UTF_8), record);
      assertEquals(NINE_FIFTEEN, record.timestamp());
      assertArrayEquals(binary, record.headers().lastHeader("trace").value());
    }
    assertEquals(sent.keySet(), annotated.keySet());
    assertEquals(sent.size(), jobs.topics().read("calls-out").size());
    assertEquals("en", Topics.header(annotated.get("english-male-16k.flac"), "caller"));
    Set<String> ids = new HashSet<>();
    for (JsonNode row : jobs.topics().readJson("calls-out")) {
      assertEquals(
          row.at("/metadata/kafka.key").asText().substring(0, 2),
          row.at("/metadata/caller").asText());
      assertTrue(row.get("segment_id").asText().startsWith("kafka:calls/"), row.toString());
      ids.add(row.get("segment_id").asText());
    }
    assertEquals(sent.size(), ids.size());
    Set<String> recordings = new HashSet<>();
    for (JsonNode row : jobs.topics().readJson("calls-recordings")) {
      assertEquals(1, row.get("segments").asInt());
      recordings.add(KafkaJobs.key(row));
    }
    assertEquals(sent.keySet(), recordings);
    Map<String, String> failures = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : jobs.topics().read("calls-out-failures")) {
      String key = record.key() == null ? "none" : new String(record.key(), StandardCharsets.UTF_8);
      failures.put(key, new String(record.value(), StandardCharsets.UTF_8));
    }
    assertEquals(Set.of("letter", "tombstone", "none"), failures.keySet());
    assertTrue(failures.get("letter").contains("UNSUPPORTED"), failures.toString());
    assertTrue(failures.get("tombstone").contains("NO_AUDIO"), failures.toString());
  }

  @Exhaustive
  @Test
  void anotherLabelSetCountsFromThenOnAndABadOneIsRefused() throws Exception {
    jobs.broker().createTopic("labels", 1);
    byte[] audio = Files.readAllBytes(SAMPLES.resolve("german-male-8k-mulaw.wav"));
    Set<String> three = Set.of("furious", "weary", "cheerful");
    try (StreamingCommand job =
        StreamingCommand.annotate(jobs.options("relabelled", "--live-labels=kafka:labels"))) {
      jobs.topics().write(KafkaJobs.record("relabelled", "before", audio));
      job.await("a result with the model's labels", () -> jobs.results("relabelled") >= 1);
      jobs.topics().write("labels", "{\"labels\": [\"furious\", \"weary\", \"cheerful\"]}");
      job.await(
          "a result with the other labels",
          () -> {
            jobs.topics().write(KafkaJobs.record("relabelled", "after", audio));
            return KafkaJobs.labels(jobs.last("relabelled-out")).equals(three);
          });
      jobs.topics().write("labels", "{\"labels\": [\"alone\"]}");
      job.await("the refusal", () -> !jobs.topics().read("relabelled-out-failures").isEmpty());
      jobs.topics().write(KafkaJobs.record("relabelled", "last", audio));
      job.await(
          "the last result",
          () ->
              jobs.topics().readJson("relabelled-out").stream()
                  .anyMatch(row -> KafkaJobs.key(row).equals("last")));
    }

    Set<String> sets = new HashSet<>();
    for (JsonNode row : jobs.topics().readJson("relabelled-out")) {
      sets.add(row.get("label_set").asText());
      if (KafkaJobs.key(row).equals("last")) {
        assertEquals(three, KafkaJobs.labels(row));
      }
    }
    assertEquals(2, sets.size());
    JsonNode refused = jobs.topics().readJson("relabelled-out-failures").get(0);
    assertEquals("REFUSED", refused.get("kind").asText());
    assertTrue(refused.get("message").asText().contains("alone"), refused.toString());
  }

  /** Ids of the results; each must be there, and the guarantee allows that some are twice. */
  private static Set<String> ids(String topic) throws IOException {
    Set<String> ids = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : jobs.topics().read(topic)) {
      ids.add(Topics.header(record, PublishAnnotations.ID));
    }
    return ids;
  }

  @Exhaustive
  @Test
  void sharesOfEachCallerArePublishedAndWritten() throws Exception {
    jobs.broker().createTopic("shared-out-shares", 1);
    Path files = folder.resolve("shares");
    Set<String> callers = Set.of("en", "ge", "co");
    try (StreamingCommand job =
        StreamingCommand.annotate(
            jobs.options(
                "shared",
                "--shares-by=caller",
                "--shares-window=0.1/0.05",
                "--output=" + files,
                "--window=0.05"))) {
      for (Path sample : samples()) {
        String caller = sample.getFileName().toString().substring(0, 2);
        ProducerRecord<byte[], byte[]> record =
            KafkaJobs.record("shared", null, Files.readAllBytes(sample));
        record.headers().add("caller", caller.getBytes(StandardCharsets.UTF_8));
        jobs.topics().write(record);
      }
      job.await(
          "the shares of all callers",
          () ->
              keys(jobs.topics().readJson("shared-out-shares")).equals(callers)
                  && Files.isDirectory(files)
                  && keys(Written.jsonLines(files, "shares")).equals(callers));
    }

    for (ConsumerRecord<byte[], byte[]> record : jobs.topics().read("shared-out-shares")) {
      JsonNode row = JSON.readTree(record.value());
      assertEquals(row.get("key").asText(), new String(record.key(), StandardCharsets.UTF_8));
      assertTrue(Topics.header(record, PublishAnnotations.ID).startsWith(row.get("key").asText()));
      double sum = 0;
      for (JsonNode share : row.get("shares")) {
        sum += share.asDouble();
      }
      assertEquals(1, sum, 1e-6);
      assertEquals(
          6_000,
          Instant.parse(row.get("window_end").asText()).toEpochMilli()
              - Instant.parse(row.get("window_start").asText()).toEpochMilli());
    }
  }

  private static Set<String> keys(List<JsonNode> rows) {
    Set<String> keys = new HashSet<>();
    rows.forEach(row -> keys.add(row.get("key").asText()));
    return keys;
  }

  @Exhaustive
  @Test
  void urisAreReadOverTlsWithAPasswordThatIsShownNowhereAndFilesAreWrittenByWindow()
      throws Exception {
    Path files = folder.resolve("windows");
    String[] options =
        jobs.options(
            "uris",
            "--bootstrap-servers=" + jobs.broker().secureBootstrapServers(),
            "--kafka-properties=" + jobs.broker().secureClientProperties(),
            "--kafka-value=uri",
            "--allowed-roots=" + SAMPLES + "," + folder,
            "--output=" + files,
            "--window=0.05");
    options =
        Stream.of(options)
            .filter(option -> !option.endsWith("=" + jobs.broker().bootstrapServers()))
            .toArray(String[]::new);
    try (StreamingCommand job = StreamingCommand.annotate(options)) {
      for (Path sample : samples()) {
        jobs.topics()
            .write(
                KafkaJobs.record("uris", null, sample.toString().getBytes(StandardCharsets.UTF_8)));
      }
      String missing = folder.resolve("gone.wav").toString();
      jobs.topics()
          .write(KafkaJobs.record("uris", "gone", missing.getBytes(StandardCharsets.UTF_8)));
      jobs.topics()
          .write(KafkaJobs.record("uris", "spy", "/etc/passwd".getBytes(StandardCharsets.UTF_8)));
      job.await("all results", () -> jobs.results("uris") >= samples().size() + 2);
      job.await(
          "the files",
          () ->
              Files.isDirectory(files)
                  && Written.jsonLines(files, "annotations").size() >= samples().size()
                  && Written.jsonLines(files, "failures").size() >= 2);
      assertFalse(job.messages().contains(BrokerSecurity.PASSWORD), "the password was shown");
    }

    assertEquals(ids("uris-out").size(), Written.jsonLines(files, "annotations").size());
    Map<String, String> kinds = new HashMap<>();
    for (JsonNode row : jobs.topics().readJson("uris-out-failures")) {
      kinds.put(KafkaJobs.key(row), row.get("kind").asText());
    }
    assertEquals(Map.of("gone", "UNREADABLE", "spy", "FORBIDDEN"), kinds);
    for (ConsumerRecord<byte[], byte[]> record : jobs.topics().read("uris-out")) {
      assertNull(record.key());
    }
  }

  @Exhaustive
  @Test
  void aWatchedFolderIsAnnotatedAsItGrows() throws Exception {
    Path watched = Files.createDirectory(folder.resolve("watched"));
    Path files = folder.resolve("watched-out");
    Path sample = SAMPLES.resolve("german-male-8k-mulaw.wav");
    try (StreamingCommand job =
        StreamingCommand.annotate(
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
