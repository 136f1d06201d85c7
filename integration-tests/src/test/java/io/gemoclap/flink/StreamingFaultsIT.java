package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Exhaustive;
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
@Exhaustive
final class StreamingFaultsIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int PORTION = 20;
  private static final String FILES = "files";

  @TempDir private static Path folder;
  private static ClusterRuns runs;
  private static FlinkCluster cluster;
  private static KafkaBroker broker;
  private static Topics topics;
  private static byte[] audio;

  @BeforeAll
  static void start() throws Exception {
    audio = Files.readAllBytes(ClusterRuns.SAMPLES.resolve("german-male-8k-mulaw.wav"));
    runs = new ClusterRuns(folder);
    broker = KafkaBroker.start(folder);
    topics = new Topics(broker.bootstrapServers());
    broker.createTopic("calls", 2);
    broker.createTopic("emotions", 2);
    broker.createTopic("emotions-failures", 1);
    broker.createTopic("labels", 1);
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

  private static GemoclapProcess annotate(String... options) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("annotate", "--input=kafka:calls"));
    arguments.addAll(List.of("--output=kafka:emotions", "--output=" + runs.output(FILES)));
    arguments.addAll(List.of("--bootstrap-servers=" + broker.bootstrapServers()));
    arguments.addAll(List.of("--live-labels=kafka:labels", "--segment=whole"));
    arguments.addAll(List.of("--window=0.02", "--out-of-orderness=1"));
    arguments.addAll(List.of("--runner=FlinkRunner", "--flinkMaster=" + cluster.master()));
    arguments.addAll(List.of("--jobName=faults", "--checkpointingInterval=1000"));
    arguments.addAll(List.of("--externalizedCheckpointsEnabled=true"));
    arguments.addAll(List.of("--retainExternalizedCheckpointsOnCancellation=true"));
    arguments.addAll(List.of(options));
    return GemoclapProcess.start(folder, arguments);
  }

  /** Every tenth record is no audio, so that failures are counted as well. */
  private static void send(String portion) throws IOException {
    for (int i = 0; i < PORTION; i++) {
      byte[] key = (portion + i).getBytes(StandardCharsets.UTF_8);
      byte[] letter = "Dear Sir or Madam,".getBytes(StandardCharsets.UTF_8);
      topics.write(new ProducerRecord<>("calls", key, i % 10 == 7 ? letter : audio));
    }
  }

  private static Set<String> published() {
    Set<String> ids = new TreeSet<>();
    for (String topic : List.of("emotions", "emotions-failures")) {
      topics.read(topic).forEach(r -> ids.add(Topics.header(r, PublishAnnotations.ID)));
    }
    return ids;
  }

  private static List<String> written() throws IOException {
    List<String> ids = new ArrayList<>();
    if (Files.isDirectory(runs.output(FILES))) {
      for (JsonNode row : Written.jsonLines(runs.output(FILES), "annotations")) {
        ids.add(row.get("segment_id").asText());
      }
      for (JsonNode row : Written.jsonLines(runs.output(FILES), "failures")) {
        ids.add(row.get("item").asText());
      }
    }
    return ids;
  }

  private static void assertNothingLost(GemoclapProcess command, int portions) throws Exception {
    int count = portions * PORTION;
    command.await(count + " published results", () -> published().size() >= count);
    command.await(count + " rows in files", () -> written().size() >= count);
    List<String> rows = written();
    assertEquals(count, rows.size(), rows::toString);
    assertEquals(published(), new TreeSet<>(rows));
    assertEquals(count, published().size());
  }

  private static void assertRestored(String job) throws Exception {
    assertTrue(cluster.rest().isRestored(job), cluster::logs);
  }

  /** One job after the other, each with what the last one left; a portion is sent at each fault. */
  @Test
  void whateverDiesAndWhereverTheJobMovesEachRecordHasItsResult() throws Exception {
    String checkpoint = untilTheJobManagerDies();
    String savepoint = fromTheCheckpointToASavepoint(checkpoint);
    fromTheSavepointWithAnotherParallelism(savepoint);
  }

  private static String untilTheJobManagerDies() throws Exception {
    try (GemoclapProcess command = annotate("--parallelism=2")) {
      String job = cluster.awaitNewJob();
      send("first");
      command.await("a file", () -> !written().isEmpty());
      int before = cluster.rest().checkpoints(job);
      command.await("a checkpoint", () -> cluster.rest().checkpoints(job) > before);
      cluster.killTaskManager(0);
      cluster.addTaskManager();
      send("second");
      command.await("all so far", () -> published().size() >= 2 * PORTION);
      assertRestored(job);

      broker.kill();
      broker.start();
      send("third");
      assertNothingLost(command, 3);
      command.await(
          "metrics over REST", () -> cluster.rest().counter(job, "EmbedSpeech.num_inferences") > 0);
      command.await("progress", () -> command.printed().matches("(?s).* [1-9]\\d* segments; .*"));

      send("fourth");
      String checkpoint = cluster.rest().newestCheckpoint(job);
      cluster.killJobManager();
      return checkpoint;
    } finally {
      cluster.startJobManager();
      cluster.awaitTaskManagers(2);
    }
  }

  private static String fromTheCheckpointToASavepoint(String checkpoint) throws Exception {
    send("fifth");
    try (GemoclapProcess command = annotate("--parallelism=2", "--savepointPath=" + checkpoint)) {
      String job = cluster.awaitNewJob();
      assertNothingLost(command, 5);
      assertRestored(job);

      topics.write("labels", "{\"labels\": [\"tense\", \"at ease\"]}");
      command.await("the labels", () -> cluster.rest().counter(job, "RefreshPrompts.accepted") > 0);
      send("sixth");
      return cluster.rest().stopWithSavepoint(job, folder.resolve("savepoints"), LIMIT);
    }
  }

  private static void fromTheSavepointWithAnotherParallelism(String savepoint) throws Exception {
    send("seventh");
    try (GemoclapProcess command = annotate("--parallelism=3", "--savepointPath=" + savepoint)) {
      String job = cluster.awaitNewJob();
      assertNothingLost(command, 7);
      assertRestored(job);
      cluster.rest().cancel(job);
      Polling.until("the end", LIMIT, () -> cluster.rest().state(job).equals("CANCELED"));
    }
    for (JsonNode row : Written.jsonLines(runs.output(FILES), "annotations")) {
      if (row.at("/metadata/kafka.key").asText().startsWith("seventh")) {
        assertTrue(row.get("scores").has("at ease"), row.toString());
      }
    }
  }
}
