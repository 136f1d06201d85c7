package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import io.gemoclap.audio.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a job is unsuccessful, and what {@code --retry-failures} runs again. */
final class FailurePolicyIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();

  private final Locale before = Locale.getDefault();
  @TempDir private Path folder;
  private Path archive;
  private Path output;

  @BeforeEach
  void makeAnArchive() throws IOException {
    archive = Files.createDirectory(folder.resolve("archive"));
    output = folder.resolve("out");
    for (String name : List.of("a.wav", "b.wav", "c.wav")) {
      Files.copy(SAMPLES.resolve("german-male-8k-mulaw.wav"), archive.resolve(name));
    }
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  private Run annotate(String... options) {
    return annotate(archive, options);
  }

  private Run annotate(Path input, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("annotate", "--input=" + input, "--output=" + output));
    arguments.addAll(List.of(options));
    arguments.add("--segment=whole");
    arguments.addAll(List.of("--", "--runner=DirectRunner"));
    return Run.gemoclap(arguments.toArray(String[]::new));
  }

  private void damage(String name) throws IOException {
    Files.writeString(archive.resolve(name), "Sincerely yours.\n".repeat(9));
  }

  private Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      return new HashSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void moreFailuresThanAllowedEndTheJobWithAStatusOfItsOwnAndKeepAllRows() throws IOException {
    damage("b.wav");
    annotate("--max-failures=0.3").failsWith(3, "1 of 3 recordings have no result");
    assertEquals(2, Written.jsonLines(output, "recordings").size());
    assertEquals(1, Written.jsonLines(output, "failures").size());
    JsonNode summary = Written.summary(output);
    assertFalse(summary.get("successful").asBoolean());
    assertEquals(1, summary.get("recordings_without_result").asInt());

    assertEquals(0, annotate("--resume", "--max-failures=34%").status());
    assertTrue(Written.summary(output).get("successful").asBoolean());
    assertEquals(0, annotate("--resume").status(), "by default all must fail");
    annotate("--resume", "--max-failures=5")
        .failsWith(2, "--max-failures must be a share from 0 to 1");
  }

  @Test
  void aJobEndsEarlyOnceTooManyHaveFailedWhateverBecomesOfTheRest() throws IOException {
    damage("a.wav");
    annotate("--max-failures=0", "--part=1").failsWith(3, "2 recordings were not run");
    assertFalse(names().contains("summary.json"), "something is left to do");
    assertEquals(1, Written.jsonLines(output, "failures").size());

    assertEquals(0, annotate("--resume", "--max-failures=0.5").status());
    assertEquals(2, Written.jsonLines(output, "recordings").size());
  }

  @Exhaustive
  @Test
  void aPartWithAFailedSegmentRunsAgainAndNoRowIsDoubled() throws IOException {
    assertEquals(0, annotate("--format=jsonl,parquet", "--embeddings", "--part=2").status());
    // As if the model had failed on one segment of the first part.
    String a = Recording.file(archive.resolve("a.wav").toString()).id();
    JsonNode summary = Written.summary(output);
    String failures = "failures-00000-00000-of-00001.jsonl";
    Files.writeString(
        output.resolve(failures),
        "{\"item\":\"%s#0:0-1\",\"recording\":\"%s\",\"kind\":\"MODEL\"}\n".formatted(a, a));
    Path part = output.resolve("summary-00000.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode written = (ObjectNode) json.readTree(part.toFile());
    written.withArray("files").add(failures);
    json.writeValue(part.toFile(), written);

    assertEquals(
        0,
        annotate(
                archive.resolve("a.wav"),
                "--resume",
                "--retry-failures",
                "--format=jsonl,parquet",
                "--embeddings")
            .status());
    assertEquals(1, Written.jsonLines(output, "failures").size(), "the part has other recordings");

    assertEquals(
        0,
        annotate("--resume", "--retry-failures", "--format=jsonl,parquet", "--embeddings")
            .status());
    assertEquals(List.of(), Written.jsonLines(output, "failures"));
    for (String kind : List.of("annotations", "recordings")) {
      List<JsonNode> rows = Written.jsonLines(output, kind);
      assertEquals(3, rows.size(), kind);
      assertEquals(3, Written.names(rows, "recording").size(), kind);
    }
    assertEquals(3, Written.parquet(output, "embeddings").size());
    assertEquals(3, Written.parquet(output, "annotations").size());
    for (String figure : List.of("recordings", "segments", "emotions")) {
      assertEquals(summary.get(figure), Written.summary(output).get(figure), figure);
    }
  }

  @Test
  void namesOfFilesDoNotDependOnTheLocale() throws IOException {
    Locale.setDefault(Locale.forLanguageTag("fa-IR"));
    assertEquals(0, annotate().status());
    assertTrue(names().contains("summary-00000.json"), names().toString());
    assertTrue(
        names().stream()
            .anyMatch(name -> name.matches("recordings-00000-0000[0-9]-of-0000[0-9]\\.jsonl")),
        names().toString());
    assertEquals(0, annotate("--resume").status());
    assertEquals(3, Written.jsonLines(output, "recordings").size());
  }
}
