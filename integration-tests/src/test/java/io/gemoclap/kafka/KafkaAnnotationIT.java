package io.gemoclap.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.NormalizedBundle;
import io.gemoclap.Written;
import io.gemoclap.cli.LiveCommand;
import io.gemoclap.embed.LocalBundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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

  private static String model(Path bundle) {
    return JSON.createObjectNode().put("model", bundle.toString()).toString();
  }

  /** The other model has other labels, so that a result shows whose text vectors scored it. */
  @Test
  void anotherModelIsTakenAndOneThatIsNotFitIsRefused() throws Exception {
    broker.createTopic("models", 1);
    broker.createTopic("prompts", 1);
    byte[] audio = Files.readAllBytes(SAMPLES.resolve("de_male_bored.wav"));
    Path other =
        NormalizedBundle.edited(
            folder.resolve("other"), m -> m.putArray("labels").add("furious").add("weary"));
    Path damaged = NormalizedBundle.edited(folder.resolve("damaged"), m -> m.put("licence", "?"));
    flipAByte(damaged.resolve("heads.safetensors"));
    Path otherFeatures =
        NormalizedBundle.edited(
            folder.resolve("features"),
            m -> ((ObjectNode) m.at("/feature_spec/parts/0")).put("max_hz", 6000));
    Path normalized = NormalizedBundle.write(folder.resolve("normalized"));
    String idA = LocalBundles.id(LocalBundles.BUNDLED);
    String idB = LocalBundles.id(other.toString());
    Set<String> labelsA = Set.copyOf(LocalBundles.manifest(LocalBundles.BUNDLED).labels());
    Set<String> three = Set.of("enthusiastic", "tired", "afraid");
    try (LiveCommand job =
        LiveCommand.annotate(
            job("refresh", "--live-model=kafka:models", "--live-labels=kafka:prompts"))) {
      awaitLast(job, "refresh", audio, row -> modelOf(row).equals(idA));
      for (Path refused : List.of(damaged, otherFeatures, normalized)) {
        topics.write("models", model(refused));
      }
      topics.write("models", "{\"model\": 5, \"id\": 7}");
      job.await("the refusals", () -> topics.read("refresh-out-failures").size() >= 4);
      topics.write(record("refresh", "still", audio));
      job.await(
          "a result after the refusals",
          () -> topics.readJson("refresh-out").stream().anyMatch(row -> key(row).equals("still")));
      assertEquals(idA, modelOf(last("refresh-out")));

      topics.write("models", model(other));
      awaitLast(job, "refresh", audio, row -> modelOf(row).equals(idB));
      topics.write("prompts", JSON.writeValueAsString(Map.of("labels", three)));
      awaitLast(
          job, "refresh", audio, row -> modelOf(row).equals(idB) && labelsOf(row).equals(three));
      topics.write("models", "{\"model\": \"bundled\"}");
      awaitLast(
          job, "refresh", audio, row -> modelOf(row).equals(idA) && labelsOf(row).equals(three));
    }

    for (JsonNode row : topics.readJson("refresh-out")) {
      Set<String> own = modelOf(row).equals(idB) ? Set.of("furious", "weary") : labelsA;
      assertTrue(Set.of(idA, idB).contains(modelOf(row)), row.toString());
      assertTrue(Set.of(own, three).contains(labelsOf(row)), row.toString());
    }
    List<String> refusals = new ArrayList<>();
    for (JsonNode row : topics.readJson("refresh-out-failures")) {
      assertEquals(
          "RefreshModel REFUSED", row.get("stage").asText() + " " + row.get("kind").asText());
      refusals.add(row.get("message").asText());
    }
    assertEquals(4, refusals.size());
    assertContains(refusals.get(0), "is damaged: the sha256 of heads.safetensors");
    assertContains(refusals.get(1), "its feature_spec is not that");
    assertContains(refusals.get(1), "restart it with --model=" + otherFeatures);
    assertContains(refusals.get(2), "its normalisation is not that");
    assertContains(refusals.get(3), "not JSON");
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), text);
  }

  private static void flipAByte(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length - 9] ^= 1;
    Files.write(file, content);
  }

  private static String modelOf(JsonNode row) {
    return row.get("model_id").asText();
  }

  /** Sends a recording and waits for its result, until the last result is as wanted. */
  private static void awaitLast(
      LiveCommand job, String topic, byte[] audio, Predicate<JsonNode> wanted) throws Exception {
    job.await(
        "a result as wanted",
        () -> {
          int before = results(topic);
          topics.write(record(topic, "again", audio));
          job.await("one more result", () -> results(topic) > before);
          return wanted.test(last(topic + "-out"));
        });
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
  void sharesOfEachCallerArePublishedAndWritten() throws Exception {
    broker.createTopic("shared-out-shares", 1);
    Path files = folder.resolve("shares");
    Set<String> callers = Set.of("en", "de", "co");
    try (LiveCommand job =
        LiveCommand.annotate(
            job(
                "shared",
                "--shares-by=caller",
                "--shares-window=0.1/0.05",
                "--output=" + files,
                "--window=0.05"))) {
      for (Path sample : samples()) {
        String caller = sample.getFileName().toString().substring(0, 2);
        ProducerRecord<byte[], byte[]> record = record("shared", null, Files.readAllBytes(sample));
        record.headers().add("caller", caller.getBytes(StandardCharsets.UTF_8));
        topics.write(record);
      }
      job.await(
          "the shares of all callers",
          () ->
              keys(topics.readJson("shared-out-shares")).equals(callers)
                  && Files.isDirectory(files)
                  && keys(Written.jsonLines(files, "shares")).equals(callers));
    }

    for (ConsumerRecord<byte[], byte[]> record : topics.read("shared-out-shares")) {
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
            "--allowed-roots=" + SAMPLES + "," + folder,
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
      topics.write(record("uris", "spy", "/etc/passwd".getBytes(StandardCharsets.UTF_8)));
      job.await("all results", () -> results("uris") >= samples().size() + 2);
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
    for (JsonNode row : topics.readJson("uris-out-failures")) {
      kinds.put(key(row), row.get("kind").asText());
    }
    assertEquals(Map.of("gone", "UNREADABLE", "spy", "FORBIDDEN"), kinds);
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

  /**
   * Results are awaited in windowed files, which appear only if the watches hold back no window.
   */
  @Test
  void aFileOfLabelsAndAFileWithTheModelAreFollowedWhileWindowsClose() throws Exception {
    Path watched = Files.createDirectory(folder.resolve("followed"));
    Path files = folder.resolve("followed-out");
    Path labels = folder.resolve("labels.json");
    Path model = folder.resolve("model.json");
    Path other = NormalizedBundle.edited(folder.resolve("followed-model"), m -> m.put("dims", 128));
    Set<String> two = Set.of("furious", "weary");
    Set<String> three = Set.of("enthusiastic", "tired", "afraid");
    try (LiveCommand job =
        LiveCommand.annotate(
            "--input=" + watched,
            "--output=" + files,
            "--watch=1",
            "--window=0.05",
            "--live-labels=" + labels,
            "--live-model=" + model)) {
      Files.writeString(watched.resolve("letter.wav"), "Dear Sir or Madam,");
      JsonNode first = annotated(job, watched, files);
      job.await("the failure", () -> names(files, "failures", "item").contains("letter.wav"));
      assertEquals(LocalBundles.id(LocalBundles.BUNDLED), modelOf(first));
      for (Set<String> set : List.of(two, three)) {
        Path written = folder.resolve("labels.part");
        Files.writeString(written, JSON.writeValueAsString(Map.of("labels", set)));
        Files.move(written, labels, StandardCopyOption.REPLACE_EXISTING);
        job.await("a result of " + set, () -> labelsOf(annotated(job, watched, files)).equals(set));
      }
      Files.writeString(labels, "{\"labels\": [\"alone\"]}");
      Files.writeString(model, model(other));
      job.await(
          "a result of the other model",
          () -> modelOf(annotated(job, watched, files)).equals(LocalBundles.id(other.toString())));
      job.await("the refusal", () -> Written.jsonLines(files, "failures").size() >= 2);
      assertEquals(three, labelsOf(annotated(job, watched, files)));
    }

    assertEquals(
        List.of("REFUSED", "UNSUPPORTED"),
        Written.jsonLines(files, "failures").stream()
            .map(row -> row.get("kind").asText())
            .sorted()
            .toList());
  }

  /** Puts one more recording into the folder and waits for its row. */
  private static JsonNode annotated(LiveCommand job, Path watched, Path files) throws Exception {
    String name = "%d.wav".formatted(watched.toFile().list().length);
    Files.copy(SAMPLES.resolve("de_male_bored.wav"), watched.resolve(name));
    job.await(
        "the row of " + name,
        () -> Files.isDirectory(files) && names(files, "annotations").contains(name));
    return Written.jsonLines(files, "annotations").stream()
        .filter(row -> Written.name(row.get("recording").asText()).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> names(Path folder, String rows) throws IOException {
    return names(folder, rows, "recording");
  }

  private static Set<String> names(Path folder, String rows, String column) throws IOException {
    return Written.names(Written.jsonLines(folder, rows), column);
  }
}
