package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Written;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of the real command on one session cluster, one after the other and at once. */
final class SessionClusterIT {
  private static FlinkCluster cluster;

  @TempDir private static Path folder;
  private static ClusterRuns runs;
  private static Map<String, JsonNode> embedded;

  @BeforeAll
  static void start() throws Exception {
    runs = new ClusterRuns(folder);
    cluster = FlinkCluster.with(2).start(2);
    try (GemoclapProcess job = runs.annotateEmbedded(ClusterRuns.SAMPLES, "embedded")) {
      job.finish(0);
    }
    embedded = runs.annotations("embedded");
    assertEquals(15, Written.summary(runs.output("embedded")).get("recordings").asInt());
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aJobIsSubmittedAgainWhileAnotherRuns() throws Exception {
    try (GemoclapProcess first =
        runs.annotate(cluster, ClusterRuns.SAMPLES, "first", "--parallelism=2")) {
      first.finish(0);
    }
    try (GemoclapProcess again =
            runs.annotate(cluster, ClusterRuns.SAMPLES, "again", "--parallelism=2");
        GemoclapProcess other =
            runs.flinkRun(
                cluster,
                ClusterRuns.SAMPLES,
                "other",
                "--parallelism=2",
                "--segment=whole",
                "--labels=angry,calm")) {
      again.finish(0);
      other.finish(0);
    }
    for (String output : List.of("first", "again")) {
      assertEquals(15, Written.summary(runs.output(output)).get("recordings").asInt());
      ClusterRuns.assertSame(embedded, runs.annotations(output));
    }
    Map<String, JsonNode> whole = runs.annotations("other");
    assertEquals(15, whole.size());
    whole.values().forEach(row -> assertEquals(2, row.get("scores").size(), row.toString()));
  }

  @Test
  void theJarOfFlinkRunIsSubmittedTwiceAndItsMetricsAreToldOverRest() throws Exception {
    for (String output : List.of("jar", "jar again")) {
      try (GemoclapProcess job =
          runs.flinkRun(cluster, ClusterRuns.SAMPLES, output, "--parallelism=4")) {
        job.finish(0);
      }
      ClusterRuns.assertSame(embedded, runs.annotations(output));
    }
    List<String> jobs = cluster.rest().jobs();
    Map<String, Long> counters = cluster.rest().counters(jobs.get(jobs.size() - 1));
    assertEquals(15L, counters.get("DecodeAudio:recordings"));
    assertEquals((long) embedded.size(), counters.get("EmbedSpeech:num_inferences"));
    assertEquals((long) embedded.size(), counters.get("ScoreEmotions:segments"));
    Set<String> names = cluster.rest().metrics(jobs.get(jobs.size() - 1));
    for (String name :
        List.of(
            "inference_batch_latency_micro_secs",
            "device_wait_micro_secs",
            "model_byte_size",
            "load_model_latency_milli_secs",
            "audio_milliseconds",
            "padding_milliseconds")) {
      assertTrue(names.contains("EmbedSpeech:" + name), () -> name + " is not among " + names);
    }
    // Two slots of a TaskManager, one model.
    assertEquals(
        Set.of("models in memory: 1"),
        Pattern.compile("models in memory: \\d+")
            .matcher(cluster.logs())
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet()));
  }
}
