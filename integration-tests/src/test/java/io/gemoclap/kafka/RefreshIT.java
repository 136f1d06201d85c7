package io.gemoclap.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.BundledCopy;
import io.gemoclap.Exhaustive;
import io.gemoclap.UntrainedBundle;
import io.gemoclap.Written;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.StreamingCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels and models that change while {@code annotate} runs. */
@Exhaustive
final class RefreshIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();
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

  private static String model(Path bundle) {
    return JSON.createObjectNode().put("model", bundle.toString()).toString();
  }

  /** The other model has other labels, so that a result shows whose text vectors scored it. */
  @Test
  void anotherModelIsTakenAndOneThatIsNotFitIsRejected() throws Exception {
    jobs.broker().createTopic("models", 1);
    jobs.broker().createTopic("prompts", 1);
    byte[] audio = Files.readAllBytes(SAMPLES.resolve("german-male-8k-mulaw.wav"));
    Path other =
        BundledCopy.edited(
            folder.resolve("other"), m -> m.putArray("labels").add("furious").add("weary"));
    Path damaged = BundledCopy.edited(folder.resolve("damaged"), m -> m.put("licence", "?"));
    flipAByte(damaged.resolve("heads.safetensors"));
    Path otherFeatures =
        BundledCopy.edited(
            folder.resolve("features"),
            m -> ((ObjectNode) m.at("/feature_spec/parts/0")).put("max_hz", 6000));
    Path normalized = UntrainedBundle.byRecording(folder.resolve("normalized"));
    String idA = Bundles.resolve(Bundles.BUNDLED).id();
    String idB = Bundles.resolve(other.toString()).id();
    Set<String> labelsA = Set.copyOf(Bundles.manifest(Bundles.BUNDLED).labels());
    Set<String> three = Set.of("enthusiastic", "tired", "afraid");
    try (StreamingCommand job =
        StreamingCommand.annotate(
            jobs.options(
                "refresh",
                "--live-model=kafka:models",
                "--live-labels=kafka:prompts",
                "--allowed-roots=" + folder))) {
      awaitLast(job, "refresh", audio, row -> modelOf(row).equals(idA));
      for (Path refused : List.of(damaged, otherFeatures, normalized)) {
        jobs.topics().write("models", model(refused));
      }
      jobs.topics().write("models", "{\"model\": 5, \"id\": 7}");
      jobs.topics().write("models", "{\"model\": \"/etc\"}");
      job.await("the refusals", () -> jobs.topics().read("refresh-out-failures").size() >= 5);
      jobs.topics().write(KafkaJobs.record("refresh", "still", audio));
      job.await(
          "a result after the refusals",
          () ->
              jobs.topics().readJson("refresh-out").stream()
                  .anyMatch(row -> KafkaJobs.key(row).equals("still")));
      assertEquals(idA, modelOf(jobs.last("refresh-out")));

      jobs.topics().write("models", model(other));
      awaitLast(job, "refresh", audio, row -> modelOf(row).equals(idB));
      jobs.topics().write("prompts", JSON.writeValueAsString(Map.of("labels", three)));
      awaitLast(
          job,
          "refresh",
          audio,
          row -> modelOf(row).equals(idB) && KafkaJobs.labels(row).equals(three));
      jobs.topics().write("models", "{\"model\": \"bundled\"}");
      awaitLast(
          job,
          "refresh",
          audio,
          row -> modelOf(row).equals(idA) && KafkaJobs.labels(row).equals(three));
    }

    for (JsonNode row : jobs.topics().readJson("refresh-out")) {
      Set<String> own = modelOf(row).equals(idB) ? Set.of("furious", "weary") : labelsA;
      assertTrue(Set.of(idA, idB).contains(modelOf(row)), row.toString());
      assertTrue(Set.of(own, three).contains(KafkaJobs.labels(row)), row.toString());
    }
    List<String> refusals = new ArrayList<>();
    for (JsonNode row : jobs.topics().readJson("refresh-out-failures")) {
      assertEquals(
          "RefreshModel REFUSED", row.get("stage").asText() + " " + row.get("kind").asText());
      refusals.add(row.get("message").asText());
    }
    assertEquals(5, refusals.size());
    assertContains(refusals.get(0), "is damaged: the sha256 of heads.safetensors");
    assertContains(refusals.get(1), "its feature_spec differs from that");
    assertContains(refusals.get(1), "restart the job with --model=" + otherFeatures);
    assertContains(refusals.get(2), "its normalisation differs from that");
    assertContains(refusals.get(3), "not JSON");
    assertContains(refusals.get(4), "outside the allowed roots");
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
      StreamingCommand job, String topic, byte[] audio, Predicate<JsonNode> wanted)
      throws Exception {
    job.await(
        "a result as wanted",
        () -> {
          int before = jobs.results(topic);
          jobs.topics().write(KafkaJobs.record(topic, "again", audio));
          job.await("one more result", () -> jobs.results(topic) > before);
          return wanted.test(jobs.last(topic + "-out"));
        });
  }

  /**
   * Results are awaited in windowed files, which appear only if the watches hold back no window.
   */
  @Test
  void aFileOfLabelsAndAFileWithTheModelAreFollowedWhileWindowsClose() throws Exception {
    Path watched = Files.createDirectory(folder.resolve("followed"));
    Path files = folder.resolve("followed-out");
    Path settings = Files.createDirectory(folder.resolve("calls [2021]"));
    Path labels = settings.resolve("labels {live}.json");
    Path model = settings.resolve("model.json");
    Path other = BundledCopy.edited(folder.resolve("followed-model"), m -> m.put("dims", 128));
    Set<String> two = Set.of("furious", "weary");
    Set<String> three = Set.of("enthusiastic", "tired", "afraid");
    try (StreamingCommand job =
        StreamingCommand.annotate(
            "--input=" + watched,
            "--output=" + files,
            "--watch=1",
            "--window=0.05",
            "--live-labels=" + labels.toUri(),
            "--live-model=" + model)) {
      Files.writeString(watched.resolve("letter.wav"), "Dear Sir or Madam,");
      JsonNode first = annotated(job, watched, files);
      job.await("the failure", () -> names(files, "failures", "item").contains("letter.wav"));
      assertEquals(Bundles.resolve(Bundles.BUNDLED).id(), modelOf(first));
      for (Set<String> set : List.of(two, three)) {
        Path written = folder.resolve("labels.part");
        Files.writeString(written, JSON.writeValueAsString(Map.of("labels", set)));
        Files.move(written, labels, StandardCopyOption.REPLACE_EXISTING);
        job.await(
            "a result of " + set,
            () -> KafkaJobs.labels(annotated(job, watched, files)).equals(set));
      }
      Files.writeString(labels, "{\"labels\": [\"alone\"]}");
      Files.writeString(model, model(other));
      job.await(
          "a result of the other model",
          () ->
              modelOf(annotated(job, watched, files))
                  .equals(Bundles.resolve(other.toString()).id()));
      job.await("the refusal", () -> Written.jsonLines(files, "failures").size() >= 2);
      assertEquals(three, KafkaJobs.labels(annotated(job, watched, files)));
    }

    assertEquals(
        List.of("REFUSED", "UNSUPPORTED"),
        Written.jsonLines(files, "failures").stream()
            .map(row -> row.get("kind").asText())
            .sorted()
            .toList());
  }

  /** Puts one more recording into the folder and waits for its row. */
  private static JsonNode annotated(StreamingCommand job, Path watched, Path files)
      throws Exception {
    String name = "%d.wav".formatted(watched.toFile().list().length);
    Files.copy(SAMPLES.resolve("german-male-8k-mulaw.wav"), watched.resolve(name));
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
