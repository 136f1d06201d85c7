package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Written;
import io.gemoclap.kafka.KafkaBroker;
import io.gemoclap.kafka.PublishAnnotations;
import io.gemoclap.kafka.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a topic to a topic and to files on a cluster with checkpoints, while parts of it die: in the
 * topic is every result, perhaps twice with the same id, and in the files each is once.
 */
final class StreamingFaultsIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int PORTION = 20;

  @TempDir private static Path folder;
  private static ClusterRuns runs;
  private static FlinkCluster cluster;
  private static KafkaBroker broker;
  private static Topics topics;
  private static byte[] audio;

  @BeforeAll
  static void start() throws Exception {
    audio = Files.readAllBytes(ClusterRuns.SAMPLES.resolve("de_male_bored.wav"));
    runs = new ClusterRuns(folder);
    broker = KafkaBroker.start(folder);
    topics = new Topics(broker.bootstrapServers());
    // TaskManagers miss a dead JobManager by its heartbeats alone.
    cluster = FlinkCluster.with(2).with("heartbeat.timeout", "20000").start(2);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    if (broker != null) {
      topics.close();
      broker.close();
    }
  }

  private static void createTopics(String name) throws IOException {
    broker.createTopic(name, 2);
    broker.createTopic(name + "-out", 2);
    broker.createTopic(name + "-out-failures", 1);
  }

  private static GemoclapProcess annotate(String name, String... options) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("annotate", "--input=kafka:" + name));
    arguments.addAll(List.of("--output=kafka:" + name + "-out", "--output=" + runs.output(name)));
    arguments.addAll(List.of("--bootstrap-servers=" + broker.bootstrapServers()));
    arguments.addAll(List.of("--consumer-group=" + name, "--segment=whole"));
    arguments.addAll(List.of("--window=0.02", "--out-of-orderness=1"));
    arguments.addAll(List.of("--runner=FlinkRunner", "--flinkMaster=" + cluster.master()));
    arguments.addAll(List.of("--jobName=" + name, "--checkpointingInterval=1000"));
    arguments.addAll(List.of("--externalizedCheckpointsEnabled=true"));
    arguments.addAll(List.of("--retainExternalizedCheckpointsOnCancellation=true"));
    arguments.addAll(List.of(options));
    return GemoclapProcess.start(folder, arguments);
  }

  /** Every tenth record is no audio, so that failures are counted as well. */
  private static void send(String topic, String portion) throws IOException {
    for (int i = 0; i < PORTION; i++) {
      byte[] key = (portion + i).getBytes(StandardCharsets.UTF_8);
      byte[] letter = "Dear Sir or Madam,".getBytes(StandardCharsets.UTF_8);
      topics.write(new ProducerRecord<>(topic, key, i % 10 == 7 ? letter : audio));
    }
  }

  private static Set<String> published(String name) {
    Set<String> ids = new TreeSet<>();
    for (String topic : List.of(name + "-out", name + "-out-failures")) {
      topics.read(topic).forEach(r -> ids.add(Topics.header(r, PublishAnnotations.ID)));
    }
    return ids;
  }

  private static List<String> written(String name) throws IOException {
    List<String> ids = new ArrayList<>();
    if (Files.isDirectory(runs.output(name))) {
      for (JsonNode row : Written.jsonLines(runs.output(name), "annotations")) {
        ids.add(row.get("segment_id").asText());
      }
      for (JsonNode row : Written.jsonLines(runs.output(name), "failures")) {
        ids.add(row.get("item").asText());
      }
    }
    return ids;
  }

  private static void awaitFilesAndCheckpoint(GemoclapProcess command, String name, String job)
      throws Exception {
    command.await("a file", () -> !written(name).isEmpty());
    int before = cluster.rest().checkpoints(job);
    command.await("a checkpoint", () -> cluster.rest().checkpoints(job) > before);
  }

  private static void assertNothingLost(GemoclapProcess command, String name, int count)
      throws Exception {
    command.await("all published results", () -> published(name).size() >= count);
    command.await("all rows in files", () -> written(name).size() >= count);
    List<String> rows = written(name);
    assertEquals(count, rows.size(), rows::toString);
    assertEquals(published(name), new TreeSet<>(rows));
    assertEquals(count, published(name).size());
  }

  private static void cancel(String job) throws Exception {
    cluster.rest().cancel(job);
    Polling.until("the end", LIMIT, () -> cluster.rest().state(job).equals("CANCELED"));
  }

  @Test
  void aKilledTaskManagerAndThenAKilledBrokerCostNoRecord() throws Exception {
    createTopics("kills");
    try (GemoclapProcess command = annotate("kills", "--parallelism=2")) {
      String job = cluster.awaitNewJob();
      send("kills", "first");
      awaitFilesAndCheckpoint(command, "kills", job);
      cluster.killTaskManager(0);
      cluster.addTaskManager();
      send("kills", "second");
      command.await("all so far", () -> published("kills").size() >= 2 * PORTION);
      assertTrue(cluster.rest().isRestored(job), cluster::logs);

      broker.kill();
      broker.start();
      send("kills", "third");
      assertNothingLost(command, "kills", 3 * PORTION);
      command.await(
          "metrics over REST", () -> cluster.rest().counter(job, "EmbedSpeech.num_inferences") > 0);
      command.await("progress", () -> command.printed().matches("(?s).* [1-9]\\d* segments, .*"));
      cancel(job);
    }
  }

  @Test
  void aSavepointGoesOnWithAnotherParallelismAndTheNewestLabels() throws Exception {
    createTopics("moved");
    broker.createTopic("moved-labels", 1);
    topics.write("moved-labels", "{\"labels\": [\"tense\", \"at ease\"]}");
    String labels = "--live-labels=kafka:moved-labels";
    String savepoint;
    try (GemoclapProcess command = annotate("moved", labels, "--parallelism=2")) {
      String job = cluster.awaitNewJob();
      send("moved", "first");
      awaitFilesAndCheckpoint(command, "moved", job);
      command.await("the labels", () -> cluster.rest().counter(job, "RefreshPrompts.accepted") > 0);
      send("moved", "second");
      savepoint = cluster.rest().stopWithSavepoint(job, folder.resolve("savepoints"), LIMIT);
    }
    send("moved", "third");
    try (GemoclapProcess command =
        annotate("moved", labels, "--parallelism=3", "--savepointPath=" + savepoint)) {
      String job = cluster.awaitNewJob();
      assertNothingLost(command, "moved", 3 * PORTION);
      assertTrue(cluster.rest().isRestored(job), cluster::logs);
      cancel(job);
    }
    for (JsonNode row : Written.jsonLines(runs.output("moved"), "annotations")) {
      if (row.at("/metadata/kafka.key").asText().startsWith("third")) {
        assertTrue(row.get("scores").has("at ease"), row.toString());
      }
    }
  }

  @Test
  void afterTheDeathOfTheJobManagerTheNewestCheckpointGoesOn() throws Exception {
    createTopics("headless");
    String checkpoint;
    try (GemoclapProcess command = annotate("headless", "--parallelism=2")) {
      String job = cluster.awaitNewJob();
      send("headless", "first");
      awaitFilesAndCheckpoint(command, "headless", job);
      send("headless", "second");
      checkpoint = cluster.rest().newestCheckpoint(job);
      cluster.killJobManager();
      cluster.startJobManager();
      cluster.awaitTaskManagers(2);
    }
    send("headless", "third");
    try (GemoclapProcess command =
        annotate("headless", "--parallelism=2", "--savepointPath=" + checkpoint)) {
      String job = cluster.awaitNewJob();
      assertNothingLost(command, "headless", 3 * PORTION);
      assertTrue(cluster.rest().isRestored(job), cluster::logs);
      cancel(job);
    }
  }
}
