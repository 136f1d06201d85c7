package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.Exhaustive;
import io.gemoclap.UntrainedBundle;
import io.gemoclap.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive's statistics of a folder of results: one set for all parts, until it is renewed. */
final class ArchiveStatisticsIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();

  @TempDir private Path folder;
  private Path archive;
  private Path output;
  private String model;

  @BeforeEach
  void makeAnArchive() throws IOException {
    archive = Files.createDirectory(folder.resolve("archive"));
    output = folder.resolve("out");
    model = UntrainedBundle.hierarchical(folder.resolve("bundle")).toString();
    add("neutral.wav", "german-female-16k.wav");
    add("sad.m4a", "german-male-44k.m4a");
    Files.writeString(archive.resolve("letter.wav"), "Dear Sir or Madam,\n".repeat(99));
  }

  private void add(String name, String sample) throws IOException {
    Files.copy(SAMPLES.resolve(sample), archive.resolve(name));
  }

  private Run annotate(Path input, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("annotate", "--input=" + input, "--output=" + output, "--model=" + model));
    all.addAll(List.of(options));
    return Run.gemoclap(all.toArray(String[]::new));
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(output.resolve(name).toFile());
  }

  private String version() throws IOException {
    return json("normalization.json").get("version").asText();
  }

  private Map<String, JsonNode> scores() throws IOException {
    Map<String, JsonNode> scores = new TreeMap<>();
    for (JsonNode row : Written.jsonLines(output, "annotations")) {
      scores.put(
          row.get("recording").asText().replaceFirst(".*/", "") + " " + row.get("start_s"),
          row.get("scores"));
    }
    return scores;
  }

  private static void assertSame(Map<String, JsonNode> expected, Map<String, JsonNode> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (id, scores) ->
            assertEquals(
                scores.get("angry").asDouble(), actual.get(id).get("angry").asDouble(), 1e-5, id));
  }

  @Exhaustive
  @Test
  void allRowsRestOnOneSetOfStatisticsUntilItIsRenewed() throws IOException {
    assertEquals(0, annotate(archive, "--part=1").status());
    String version = version();
    assertEquals(3, json("normalization.json").get("archive_recordings").asInt());
    assertEquals(2, json("normalization.json").get("recordings").asInt());
    JsonNode summary = json("summary.json");
    int segments = summary.get("segments").asInt();
    assertEquals(segments, json("normalization.json").get("segments").asInt());
    assertEquals("auto", summary.get("normalize").asText());
    assertEquals(version, summary.get("archive_statistics").asText());
    assertEquals(segments, summary.get("normalize_levels").get("archive").asInt());
    assertEquals(segments, summary.get("normalize_levels").get("recording").asInt());
    assertEquals(version, json("summary-00000.json").get("archive_statistics").asText());
    Map<String, JsonNode> before = scores();

    add("angry.ogg", "english-female-22k.ogg");
    assertEquals(0, annotate(archive, "--resume").status());
    assertEquals(version, version());
    Map<String, JsonNode> grown = scores();
    assertTrue(grown.size() > before.size(), "" + grown.keySet());
    before.forEach((id, scores) -> assertEquals(scores, grown.get(id), id));
    assertEquals(version, json("summary.json").get("archive_statistics").asText());

    Files.move(archive.resolve("sad.m4a"), folder.resolve("sad.m4a"));
    annotate(archive, "--resume", "--renew-statistics").failsWith(2, "name the whole archive");
    assertEquals(version, version());
    Files.move(folder.resolve("sad.m4a"), archive.resolve("sad.m4a"));
    assertEquals(0, annotate(archive, "--resume", "--renew-statistics").status());
    assertNotEquals(version, version());
    assertEquals(version(), json("summary.json").get("archive_statistics").asText());
    assertEquals(grown.keySet(), scores().keySet());
    assertNotEquals(grown, scores());
    Map<String, JsonNode> renewed = scores();

    output = folder.resolve("fresh");
    assertEquals(0, annotate(archive).status());
    assertEquals(version(), json("summary.json").get("archive_statistics").asText());
    assertSame(renewed, scores());
  }

  @Test
  void aSpeakerIsALevelAndFinishedPartsNeedTheirStatistics() throws IOException {
    Path manifest = folder.resolve("list.csv");
    Files.writeString(manifest, "path,speaker\narchive/neutral.wav,kim\narchive/sad.m4a,\n");
    assertEquals(0, annotate(manifest).status());
    JsonNode levels = json("summary.json").get("normalize_levels");
    assertTrue(levels.get("speaker").asInt() > 0, "" + levels);
    assertEquals(
        levels.get("archive").asInt(),
        levels.get("speaker").asInt() + levels.get("recording").asInt());

    Files.delete(output.resolve("normalization.json"));
    Files.writeString(
        manifest,
        "path,speaker\narchive/neutral.wav,kim\narchive/sad.m4a,\narchive/letter.wav,lee\n");
    annotate(manifest, "--resume").failsWith(2, "normalization.json is missing");

    output = folder.resolve("alone");
    assertEquals(0, annotate(manifest, "--normalize=recording").status());
    assertFalse(Files.exists(output.resolve("normalization.json")));
    assertFalse(json("summary.json").has("archive_statistics"));
  }
}
