package io.gemoclap.cli.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import io.gemoclap.cli.console.WrongUsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.common.ReflectHelpers;
import org.junit.jupiter.api.Test;

/** What the command sets for Flink inside its process, as {@code docs/flink.md} lists it. */
final class FlinkOptionsTest {
  /** Beam's own, the choice of the runner and of its configuration, and what is only read. */
  private static final Set<String> NOT_LISTED =
      Set.of(
          "runner",
          "streaming",
          "appName",
          "jobName",
          "optionsId",
          "stableUniqueNames",
          "flinkConfDir",
          "flinkMaster",
          "savepointPath");

  private static List<String> configuration(PipelineOptions options) throws IOException {
    String folder = options.as(FlinkPipelineOptions.class).getFlinkConfDir();
    return Files.readAllLines(Path.of(folder, "config.yaml"));
  }

  /** The table's first column, of rows that are about options. */
  private static String table() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    root = Files.exists(root.resolve("docs")) ? root : root.getParent();
    String text = Files.readString(root.resolve("docs/flink.md"));
    int from = text.indexOf("| option | value | why |");
    StringBuilder first = new StringBuilder();
    text.substring(from, text.indexOf("\n\n", from))
        .lines()
        .forEach(row -> first.append(Splitter.on('|').splitToList(row).get(1)).append('\n'));
    return first.toString();
  }

  @Test
  void commandsThatReadWhatTheirJobsWriteHereRefuseAClusterInASentence() {
    for (List<String> here : List.of(List.<String>of(), List.of("--runner=DirectRunner"))) {
      assertTrue(Runs.isInProcess(Runs.optionsInProcess(here)));
    }
    WrongUsageException e =
        assertThrows(
            WrongUsageException.class,
            () -> Runs.optionsInProcess(List.of("--flinkMaster=cluster:8081")));
    assertTrue(e.getMessage().contains("Leave out --runner, --flinkMaster"), e.getMessage());
  }

  @Test
  void delegationTokensAreDisabledAsNewJdksNeedIt() throws IOException {
    List<String> lines = configuration(Runs.options(List.of()));
    assertTrue(lines.contains("security.delegation.tokens.enabled: false"), lines.toString());
  }

  @Test
  void theTableListsEveryOptionThatTheCommandSets() throws IOException {
    PipelineOptions options = Runs.options(List.of());
    EmbeddedFlink.stream(options, List.of());
    Set<String> missing = new TreeSet<>();
    for (String line : configuration(options)) {
      String name = line.substring(0, line.indexOf(':')).replaceFirst("(reporter\\.).*", "$1…");
      if (!table().contains("`" + name + "`")) {
        missing.add(name);
      }
    }
    JsonNode set =
        new ObjectMapper()
            .registerModules(ObjectMapper.findModules(ReflectHelpers.findClassLoader()))
            .<JsonNode>valueToTree(options)
            .get("options");
    assertTrue(set.has("parallelism") && set.has("stateBackend"), set.toString());
    for (String name : (Iterable<String>) set::fieldNames) {
      String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
      if (!NOT_LISTED.contains(name) && !table().contains(setter)) {
        missing.add(setter);
      }
    }
    assertEquals(Set.of(), missing);
  }

  private static long bundleMillis(String... arguments) {
    List<String> given = List.of(arguments);
    PipelineOptions options = Runs.options(given);
    EmbeddedFlink.stream(options, given);
    return options.as(FlinkPipelineOptions.class).getMaxBundleTimeMills();
  }

  @Test
  void bundlesOfStreamsAreShortUnlessTheUserSaysOtherwise() {
    assertEquals(200, bundleMillis());
    assertEquals(1_000, bundleMillis("--maxBundleTimeMills=1000"));
  }
}
