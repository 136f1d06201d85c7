package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of the real command on one session cluster, one after the other and at once. */
@Exhaustive
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

  /** Each round has two jobs at once; the second has the first's again, from both places. */
  @Test
  void jobsOfTheCommandAndOfFlinkRunAreSubmittedAgainWhileOthersRun() throws Exception {
    try (GemoclapProcess first = annotate("first");
        GemoclapProcess other = flinkRun("other", "--segment=whole", "--labels=angry,calm")) {
      first.finish(0);
      other.finish(0);
    }
    try (GemoclapProcess again = annotate("again");
        GemoclapProcess jar = flinkRun("jar")) {
      again.finish(0);
      jar.finish(0);
    }
    for (String output : List.of("first", "again", "jar")) {
      assertEquals(15, Written.summary(runs.output(output)).get("recordings").asInt());
      ClusterRuns.assertSame(embedded, runs.annotations(output));
    }
    Map<String, JsonNode> whole = runs.annotations("other");
    assertEquals(15, whole.size());
    whole.values().forEach(row -> assertEquals(2, row.get("scores").size(), row.toString()));
    assertMetricsOverRest();
    // Two slots of a TaskManager, one model.
    assertEquals(
        Set.of("models in memory: 1"),
        Pattern.compile("models in memory: \\d+")
            .matcher(cluster.logs())
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet()));
  }

  private static GemoclapProcess annotate(String output) throws IOException {
    return runs.annotate(cluster, ClusterRuns.SAMPLES, output, "--parallelism=2");
  }

  private static GemoclapProcess flinkRun(String output, String... options) throws IOException {
    String[] all =
        Stream.concat(Stream.of("--parallelism=2"), Stream.of(options)).toArray(String[]::new);
    return runs.flinkRun(cluster, ClusterRuns.SAMPLES, output, all);
  }

  /** Of one of the last two jobs, which have the same work. */
  private static void assertMetricsOverRest() throws Exception {
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
  }
}
