package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ObjectArrays;
import io.gemoclap.BundledCopy;
import io.gemoclap.UntrainedBundle;
import io.gemoclap.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results are scored again without their audio, and every segment stays accounted for. */
final class RescoreIT {
  private static final double TOLERANCE = 1e-5;

  @TempDir private static Path folder;

  /** Annotated with embeddings and features; the audio is deleted. */
  private static Path results;

  @BeforeAll
  static void annotateAndDeleteTheAudio() throws IOException {
    Path audio = Files.createDirectory(folder.resolve("audio"));
    Path samples = Path.of("examples", "samples").toAbsolutePath();
    for (String name : List.of("conversation.ogg", "german-male-44k.m4a")) {
      Files.copy(samples.resolve(name), audio.resolve(name));
    }
    Files.writeString(audio.resolve("letter.wav"), "This is no recording.\n".repeat(9));
    results = folder.resolve("results");
    Run run =
        gemoclap(
            "annotate", "--input=" + audio, "--output=" + results, "--embeddings", "--features");
    assertEquals(0, run.status(), run.err());
    for (String name : List.of("conversation.ogg", "german-male-44k.m4a", "letter.wav")) {
      Files.delete(audio.resolve(name));
    }
  }

  private static Path rescore(String name, String... options) {
    return rescore(results, name, options);
  }

  private static Path rescore(Path of, String name, String... options) {
    Path output = folder.resolve(name);
    String[] required = {"rescore", of.toString(), "--output=" + output};
    Run run = gemoclap(ObjectArrays.concat(required, options, String.class));
    assertEquals(0, run.status(), run.err());
    return output;
  }

  private static Map<String, JsonNode> rows(Path output) throws IOException {
    Map<String, JsonNode> rows = new TreeMap<>();
    Written.jsonLines(output, "annotations")
        .forEach(r -> rows.put(r.get("segment_id").asText(), r));
    return rows;
  }

  private static void assertSameRows(Path output) throws IOException {
    Map<String, JsonNode> old = rows(results);
    Map<String, JsonNode> rescored = rows(output);
    assertEquals(20, old.size());
    assertEquals(old.keySet(), rescored.keySet());
    old.forEach(
        (id, row) -> {
          JsonNode other = rescored.get(id);
          row.fieldNames()
              .forEachRemaining(
                  column -> {
                    if (row.get(column).isDouble()) {
                      assertEquals(
                          row.get(column).asDouble(), other.get(column).asDouble(), TOLERANCE);
                    } else if (!column.endsWith("scores")) {
                      assertEquals(row.get(column), other.get(column), column);
                    }
                  });
          row.get("scores")
              .fields()
              .forEachRemaining(
                  score ->
                      assertEquals(
                          score.getValue().asDouble(),
                          other.get("scores").get(score.getKey()).asDouble(),
                          TOLERANCE));
        });
    assertEquals(Written.jsonLines(results, "failures"), Written.jsonLines(output, "failures"));
    JsonNode before = Written.summary(results);
    JsonNode after = Written.summary(output);
    for (String field :
        List.of("recordings", "segments", "failed_recordings", "emotions", "normalize")) {
      assertEquals(before.get(field), after.get(field), field);
    }
    assertEquals(before.get("archive_statistics"), after.get("archive_statistics"));
    assertEquals(durations(results), durations(output));
  }

  private static Map<String, JsonNode> durations(Path output) throws IOException {
    Map<String, JsonNode> durations = new TreeMap<>();
    Written.jsonLines(output, "recordings")
        .forEach(row -> durations.put(row.get("recording").asText(), row.get("duration_s")));
    return durations;
  }

  @Test
  void withTheSameLabelsTheRowsStayTheSame() throws IOException {
    assertSameRows(rescore("same"));
  }

  @Test
  void fromFeaturesTheRowsStayTheSame() throws IOException {
    Path bundle =
        BundledCopy.edited(folder.resolve("copy"), manifest -> manifest.put("licence", "other"));
    Path output = rescore("copied", "--model=" + bundle);
    String id = Written.summary(output).get("model_id").asText();
    assertNotEquals(Written.summary(results).get("model_id").asText(), id);
    rows(output).values().forEach(row -> assertEquals(id, row.get("model_id").asText()));
    rows(results)
        .forEach(
            (segment, row) -> {
              JsonNode other = assertDoesHave(output, segment);
              assertEquals(
                  row.get("confidence").asDouble(), other.get("confidence").asDouble(), TOLERANCE);
            });
  }

  private static JsonNode assertDoesHave(Path output, String segment) {
    try {
      JsonNode row = rows(output).get(segment);
      assertTrue(row != null, segment);
      return row;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void otherLabelsStandBesideTheOldRows() throws IOException {
    Map<String, JsonNode> old = rows(results);
    Run run = gemoclap("rescore", results.toString(), "--labels=furious,bored", "--top-k=1");
    assertEquals(0, run.status(), run.err());
    Path output;
    try (var folders = Files.list(results)) {
      output =
          folders
              .filter(f -> f.getFileName().toString().startsWith("rescored-"))
              .findFirst()
              .orElseThrow();
    }
    assertEquals(old, rows(results), "the old rows have not changed");
    rows(output)
        .forEach(
            (id, row) -> {
              assertTrue(List.of("furious", "bored").contains(row.get("emotion").asText()));
              assertEquals(1, row.get("scores").size());
              assertNotEquals(old.get(id).get("label_set"), row.get("label_set"));
              assertEquals(old.get(id).get("metadata"), row.get("metadata"));
            });
    gemoclap("rescore", results.toString(), "--labels=furious,bored")
        .failsWith(2, "is not empty; choose another or add --overwrite");
    assertEquals(
        0, gemoclap("rescore", results + "", "--labels=furious,bored", "--overwrite").status());
  }

  @Test
  void aHigherTemperatureIsLessSure() throws IOException {
    Map<String, JsonNode> old = rows(results);
    rows(rescore("hot", "--temperature=50"))
        .forEach(
            (id, row) ->
                assertTrue(
                    row.get("confidence").asDouble() < old.get(id).get("confidence").asDouble()));
  }

  @Test
  void featuresOfAnotherOriginBecomeFailures() throws IOException {
    Path plain = UntrainedBundle.plain(folder.resolve("plain"));
    Path output = folder.resolve("unfit");
    gemoclap("rescore", results.toString(), "--output=" + output, "--model=" + plain)
        .failsWith(3, "none of the 20 segments has a result");
    assertEquals(0, rows(output).size());
    assertEquals(
        20,
        Written.jsonLines(output, "failures").stream()
            .filter(row -> row.get("kind").asText().equals("UNFIT"))
            .count());
  }

  @Test
  void theResultsAreNeverOverwritten() throws IOException {
    Map<String, JsonNode> old = rows(results);
    for (Path output : List.of(results, folder)) {
      gemoclap("rescore", results.toString(), "--output=" + output, "--overwrite")
          .failsWith(2, "which the command reads");
    }
    assertEquals(old, rows(results));
  }

  @Test
  void theNewFolderHasWhatItsRowsRestOn() throws IOException {
    Path output = rescore("again");
    assertEquals(
        Files.readString(results.resolve("normalization.json")),
        Files.readString(output.resolve("normalization.json")));
  }

  @Test
  void resultsWithOtherLabelsAreRescoredSampledAndEstimatedLikeTheFirst() throws IOException {
    Path labels = rescore("labels", "--labels=furious,bored");
    assertEquals(0, Written.parquet(labels, "embeddings").size(), "they are still in the results");
    assertSameScores(rows(labels), rows(rescore(labels, "of-labels")));
    theDiversePartIsDrawn(labels);
  }

  @Test
  void resultsOfAnotherModelAreRescoredLikeTheFirst() throws IOException {
    Path bundle =
        BundledCopy.edited(
            folder.resolve("other-bundle"), manifest -> manifest.put("licence", "new"));
    Path other = rescore("of-another-model", "--model=" + bundle);
    assertEquals(20, Written.parquet(other, "embeddings").size(), "the model's own embeddings");
    assertSameScores(
        rows(rescore("directly", "--model=" + bundle, "--labels=furious,bored")),
        rows(rescore(other, "indirectly", "--model=" + bundle, "--labels=furious,bored")));
    assertSameScores(rows(results), rows(rescore(other, "back", "--model=bundled")));
  }

  private static void theDiversePartIsDrawn(Path output) throws IOException {
    Run run = gemoclap("sample", output.toString(), "--n=8");
    assertEquals(0, run.status(), run.err());
    assertEquals(
        2,
        Written.jsonLines(output, "sample").stream()
            .filter(row -> row.get("part").asText().equals("diverse"))
            .count());
    Path answers = results.resolve("corrections.jsonl");
    List<String> lines = new ArrayList<>();
    for (JsonNode row : Written.jsonLines(output, "sample")) {
      lines.add(
          "{\"segment_id\":\"%s\",\"answer\":\"label\",\"label\":\"bored\",\"by\":\"kim\",\"at\":\"2026-01-01T00:00:00Z\"}"
              .formatted(row.get("segment_id").asText()));
    }
    Files.write(answers, lines);
    try {
      Run estimate = gemoclap("sample", output.toString(), "--estimate");
      assertEquals(0, estimate.status(), estimate.err());
    } finally {
      Files.delete(answers);
    }
  }

  private static void assertSameScores(Map<String, JsonNode> one, Map<String, JsonNode> other) {
    assertEquals(20, one.size());
    assertEquals(one.keySet(), other.keySet());
    one.forEach(
        (id, row) -> {
          assertEquals(row.get("emotion"), other.get(id).get("emotion"), id);
          assertEquals(
              row.get("confidence").asDouble(),
              other.get(id).get("confidence").asDouble(),
              TOLERANCE);
        });
  }

  @Test
  void theSettingsOfTheFirstJobHoldUnlessOthersAreGiven() throws IOException {
    Path strict =
        rescore(
            "strict",
            "--labels=furious,bored,calm",
            "--top-k=2",
            "--abstain-below=0.9999",
            "--format=parquet");
    Path output = folder.resolve("as-strict");
    Run run = gemoclap("rescore", strict.toString(), "--output=" + output, "--format=jsonl");
    assertEquals(0, run.status(), run.err());
    assertTrue(
        run.err().contains("--labels=furious,bored,calm --top-k=2 --abstain-below=0.9999"),
        run.err());
    rows(output)
        .values()
        .forEach(
            row -> {
              assertEquals(2, row.get("scores").size());
              assertTrue(row.get("abstained").asBoolean());
            });
    Path both = rescore(strict, "both");
    assertEquals(20, Written.parquet(both, "annotations").size(), "the same format");
    assertEquals(List.of(), Written.jsonLines(both, "annotations"));
    rows(rescore(strict, "lenient", "--abstain-below=0", "--format=jsonl"))
        .values()
        .forEach(row -> assertFalse(row.get("abstained").asBoolean()));
  }

  @Test
  void whatIsMissingIsNamedWithItsRemedy() throws IOException {
    gemoclap("rescore", folder.resolve("nowhere").toString())
        .failsWith(2, "is no folder of results");
    gemoclap("rescore", results.toString(), "--labels=x").failsWith(2, "fewer than two");
    gemoclap("rescore", results.toString(), "--temperature=0").failsWith(2, "must be positive");

    Path bare = Files.createDirectory(folder.resolve("bare"));
    try (var files = Files.list(results)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".parquet")) {
          Files.copy(file, bare.resolve(file.getFileName()));
        }
      }
    }
    Path summary = bare.resolve("summary-00000.json");
    Files.writeString(
        summary, Files.readString(summary).replaceAll("\"(embeddings|features)-[^\"]*\",?", ""));
    gemoclap("rescore", bare.toString())
        .failsWith(2, "has neither embeddings nor features. Annotate again with --embeddings");

    Files.delete(bare.resolve("summary.json"));
    gemoclap("rescore", bare.toString())
        .failsWith(2, "finish it with 'gemoclap annotate --resume'");
  }

  @Test
  void resultsOfAnotherModelNeedThatModel() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (var files = Files.list(results)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, other.resolve(file.getFileName()));
      }
    }
    Path summary = other.resolve("summary.json");
    Files.writeString(
        summary,
        Files.readString(summary).replaceFirst("(\"model_id\" : \")[^\"]*", "$1" + "0".repeat(16)));
    gemoclap("rescore", other.toString()).failsWith(2, "give it with --model");
  }
}
