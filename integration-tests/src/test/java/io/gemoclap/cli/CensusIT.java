package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every entry of an archive becomes a row of recordings or a failure, once. */
final class CensusIT {
  private static final long PATIENCE_SECONDS = 300;

  @TempDir private Path parent;
  private UnusualArchive archive;

  @BeforeEach
  void makeAnArchive() throws IOException, InterruptedException {
    archive = UnusualArchive.in(parent);
    assertTrue(archive.recordings().size() + archive.failures().size() >= 60);
  }

  private void assertCloses(Path output) throws IOException {
    assertEquals(List.copyOf(archive.recordings()), recordings(output));
    assertEquals(List.copyOf(archive.failures()), failures(output));
  }

  /** Ids of all rows, sorted; one that is there twice is here twice. */
  private static List<String> recordings(Path output) throws IOException {
    List<String> ids = new ArrayList<>();
    for (JsonNode row : Written.jsonLines(output, "recordings")) {
      ids.add(row.path("recording").asText());
    }
    Collections.sort(ids);
    return ids;
  }

  /** Ids of recordings that failed as a whole; segments may fail too. */
  private static List<String> failures(Path output) throws IOException {
    List<String> ids = new ArrayList<>();
    for (JsonNode row : Written.jsonLines(output, "failures")) {
      if (row.path("item").equals(row.path("recording"))) {
        ids.add(row.path("recording").asText());
      }
    }
    Collections.sort(ids);
    return ids;
  }

  @Test
  void theCountClosesForAFolder() throws IOException {
    assertClosesFor(archive.folder().toString(), "FlinkRunner");
  }

  @Exhaustive
  @Test
  void theCountClosesForAPattern() throws IOException {
    assertClosesFor(archive.folder() + "/**", "FlinkRunner");
  }

  @Exhaustive
  @Test
  void theCountClosesForAManifest() throws IOException {
    assertClosesFor(manifest(), "FlinkRunner");
  }

  @Exhaustive
  @Test
  void theCountClosesForFolderPatternAndManifestOnTheDirectRunner() throws IOException {
    for (String input :
        List.of(archive.folder().toString(), archive.folder() + "/**", manifest())) {
      assertClosesFor(input, "DirectRunner");
    }
  }

  private String manifest() throws IOException {
    return archive.manifest(parent.resolve("list.csv")).toString();
  }

  private void assertClosesFor(String input, String runner) throws IOException {
    Path output = parent.resolve("results");
    Run run =
        Run.gemoclap(
            "annotate",
            "--input=" + input,
            "--output=" + output,
            "--overwrite",
            "--segment=whole",
            "--",
            "--runner=" + runner);
    assertEquals(0, run.status(), run.err());
    assertCloses(output);
  }

  @Exhaustive
  @Test
  void theCountClosesWhereTheArchiveIsWatched() throws Exception {
    Path output = parent.resolve("results");
    int all = archive.recordings().size() + archive.failures().size();
    try (StreamingCommand job =
        StreamingCommand.annotate(
            "--input=" + archive.folder(),
            "--watch=1",
            "--window=0.02",
            "--segment=whole",
            "--output=" + output)) {
      job.await(
          "all entries",
          () -> Files.exists(output) && recordings(output).size() + failures(output).size() >= all);
    }
    assertCloses(output);
  }

  /**
   * The job is killed and resumed in a locale that spells ASCII alone, and may not read a folder.
   */
  @Exhaustive
  @Test
  void theCountClosesAfterAKillInAnotherLocale() throws Exception {
    Path output = parent.resolve("results");
    List<String> prefix = withoutPrivileges();
    if (prefix != null) {
      archive.addSecretFolder();
    }
    List<String> arguments =
        List.of(
            "annotate",
            "--input=" + archive.folder(),
            "--output=" + output,
            "--segment=whole",
            "--part=30",
            "--resume");
    Process killed = start(prefix, arguments);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(output.resolve("summary-00000.json")) && System.nanoTime() < end) {
      assertTrue(killed.isAlive(), this::printed);
      Thread.sleep(20);
    }
    killed.destroyForcibly().waitFor();
    assertFalse(Files.exists(output.resolve("summary.json")), "it was not killed in the middle");

    Process resumed = start(prefix, arguments);
    assertTrue(resumed.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(0, resumed.exitValue(), this::printed);
    assertCloses(output);
    JsonNode summary = Written.summary(output);
    assertEquals(archive.recordings().size(), summary.get("recordings").asInt());
    assumeTrue(
        prefix != null,
        "All of this holds, but without a folder that may not be read: setpriv cannot take this"
            + " user's rights away");
  }

  /** What takes the right to read everything from this user; null if it cannot be taken. */
  private static List<String> withoutPrivileges() throws IOException, InterruptedException {
    if (!System.getProperty("user.name").equals("root")) {
      return List.of();
    }
    String rights = "-dac_override,-dac_read_search";
    List<String> prefix = List.of("setpriv", "--bounding-set=" + rights, "--inh-caps=" + rights);
    List<String> trial = new ArrayList<>(prefix);
    trial.add("true");
    try {
      return new ProcessBuilder(trial).start().waitFor() == 0 ? prefix : null;
    } catch (IOException e) {
      return null; // There is no setpriv.
    }
  }

  private Process start(List<String> prefix, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix == null ? List.of() : prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + parent);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Gemoclap.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    return builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
  }

  private Path log() {
    return parent.resolve("log");
  }

  private String printed() {
    try {
      return new String(Files.readAllBytes(log()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
