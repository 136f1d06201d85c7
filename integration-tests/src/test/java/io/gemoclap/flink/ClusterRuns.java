package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Jobs that annotate, and what they wrote. */
final class ClusterRuns {
  static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();
  private static final double TOLERANCE = 1e-4;

  private final Path folder;

  ClusterRuns(Path folder) {
    this.folder = folder;
  }

  /** Starts {@code gemoclap annotate} on a cluster. */
  GemoclapProcess annotate(FlinkCluster cluster, Path input, String output, String... options)
      throws IOException {
    return annotate("--flinkMaster=" + cluster.master(), input, output, options);
  }

  /** Starts it by {@code flink run}. */
  GemoclapProcess flinkRun(FlinkCluster cluster, Path input, String output, String... options)
      throws IOException {
    return GemoclapProcess.flinkRun(folder, cluster, arguments(input, output, options));
  }

  /** Starts it with Flink inside its own process. */
  GemoclapProcess annotateEmbedded(Path input, String output, String... options)
      throws IOException {
    return annotate("--flinkMaster=[local]", input, output, options);
  }

  private GemoclapProcess annotate(String master, Path input, String output, String... options)
      throws IOException {
    List<String> arguments = arguments(input, output, options);
    arguments.add(master);
    return GemoclapProcess.start(folder, arguments);
  }

  private List<String> arguments(Path input, String output, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("annotate", "--input=" + input, "--output=" + output(output)));
    arguments.add("--runner=FlinkRunner");
    arguments.addAll(List.of(options));
    return arguments;
  }

  /** The folder of an output. */
  Path output(String name) {
    return folder.resolve(name);
  }

  /** The annotations by segment id, none of which stands there twice. */
  Map<String, JsonNode> annotations(String output) throws IOException {
    return byId(output, "annotations", "segment_id");
  }

  /** Rows of one kind by an id, which must not stand there twice. */
  Map<String, JsonNode> byId(String output, String prefix, String id) throws IOException {
    Map<String, JsonNode> rows = new TreeMap<>();
    for (JsonNode row : Written.jsonLines(output(output), prefix)) {
      assertNull(rows.put(row.get(id).asText(), row), "twice: " + row);
    }
    return rows;
  }

  /** The same segments with the same probabilities, to 1e-4. */
  static void assertSame(Map<String, JsonNode> expected, Map<String, JsonNode> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (id, row) ->
            row.get("scores")
                .fields()
                .forEachRemaining(
                    score ->
                        assertEquals(
                            score.getValue().asDouble(),
                            actual.get(id).get("scores").get(score.getKey()).asDouble(),
                            TOLERANCE,
                            id)));
  }
}
