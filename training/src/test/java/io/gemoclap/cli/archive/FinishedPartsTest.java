package io.gemoclap.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.Recording;
import io.gemoclap.features.Normalization;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FinishedPartsTest {
  @TempDir private Path path;
  private ResultFolder folder;

  @BeforeEach
  void writeTwoPartsAndHalfOfAThird() throws IOException {
    // A pattern's signs in a path are only signs.
    path = Files.createDirectory(path.resolve("[2026] {a}"));
    folder = new ResultFolder(path.toString());
    write("recordings-00000-00000-of-00002.jsonl", "{\"recording\":\"a\",\"channel\":0}");
    write("recordings-00000-00001-of-00002.jsonl", "{\"recording\":\"b\",\"channel\":0}");
    write(
        "failures-00000-00000-of-00001.jsonl",
        "{\"item\":\"c\",\"recording\":\"c\",\"kind\":\"CORRUPT\"}",
        "{\"item\":\"b#0:0-1\",\"recording\":\"b\",\"kind\":\"UNFIT\"}",
        "{\"item\":\"b\",\"recording\":\"b\",\"kind\":\"LIMIT\"}");
    write(
        "summary-00000.json",
        "{\"recordings\":1,\"audio_seconds\":3.0,\"wall_seconds\":1.5,\"files\":["
            + "\"recordings-00000-00000-of-00002.jsonl\",\"recordings-00000-00001-of-00002.jsonl\","
            + "\"failures-00000-00000-of-00001.jsonl\"]}");
    // Of an attempt that failed after it had put this in its place.
    write("recordings-00000-00000-of-00003.jsonl", "{\"recording\":\"a\",\"channel\":0}");
    write("recordings-00001-00000-of-00001.jsonl", "{\"recording\":\"d\",\"channel\":0}");
    write(
        "summary-00001.json",
        "{\"recordings\":1,\"audio_seconds\":1.0,\"emotions\":{\"calm\":2},\"model_id\":\"m\","
            + "\"files\":[\"recordings-00001-00000-of-00001.jsonl\"]}");
    write("annotations-00002-00000-of-00002.jsonl", "{}");
    write("recordings-00002-00000-of-00001.jsonl", "{\"recording\":\"e\",\"channel\":0}");
    write("summary-00002.json", "{\"recordi");
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(path.resolve(name), List.of(lines));
  }

  @Test
  void onlyWholePartsCount() throws IOException {
    FinishedParts parts = FinishedParts.read(folder);
    assertEquals(Set.of(0, 1), parts.summaries().keySet());
    assertEquals(Set.of("a", "b", "c", "d"), parts.done());
    assertEquals(Set.of("c"), parts.retriable(), "what failed half-way has rows");
    assertEquals(
        List.of(
            "recordings-00000-00000-of-00003.jsonl",
            "annotations-00002-00000-of-00002.jsonl",
            "recordings-00002-00000-of-00001.jsonl",
            "summary-00002.json"),
        parts.leftovers());
    assertEquals(2, parts.next());
  }

  @Test
  void aMissingShardIsNamedWithItsPart() throws IOException {
    Files.delete(path.resolve("recordings-00000-00001-of-00002.jsonl"));
    String message = assertThrows(IOException.class, () -> FinishedParts.read(folder)).getMessage();
    assertTrue(message.startsWith("Part 00000 in '" + path + "' is incomplete"), message);
    assertTrue(message.contains("missing recordings-00000-00001-of-00002.jsonl"), message);
    Files.delete(path.resolve("recordings-00001-00000-of-00001.jsonl"));
    Files.delete(path.resolve("recordings-00000-00000-of-00002.jsonl"));
    assertThrows(IOException.class, () -> FinishedParts.read(folder));
  }

  @Test
  void forgottenFailuresLeaveTheOthers() throws IOException {
    FinishedParts.forgetFailures(folder, Set.of("c"));
    FinishedParts parts = FinishedParts.read(folder);
    assertFalse(parts.done().contains("c"));
    assertEquals(2, Files.readAllLines(path.resolve("failures-00000-00000-of-00001.jsonl")).size());
  }

  @Test
  void theSummaryIsTheSumOfTheParts() throws IOException {
    ArchiveSummary.write(folder, FinishedParts.read(folder), true);
    var summary = new ObjectMapper().readTree(path.resolve("summary.json").toFile());
    assertEquals(2, summary.get("recordings").asInt());
    assertEquals(4.0, summary.get("audio_seconds").asDouble());
    assertEquals(2, summary.get("failed_recordings").asInt());
    assertEquals(1, summary.get("unjudged_segments").asInt());
    assertEquals("{\"CORRUPT\":1,\"LIMIT\":1,\"UNFIT\":1}", summary.get("failures").toString());
    assertEquals("{\"calm\":2}", summary.get("emotions").toString());
    assertEquals("m", summary.get("model_id").asText());
    assertEquals(2, summary.get("parts").asInt());
  }

  @Test
  void theForecastSaysWhatWouldRunAndForHowLong() throws IOException {
    String text = new Forecast(7, 3, 0, 1, FinishedParts.read(folder)).toString();
    assertTrue(text.startsWith("7 recordings: 4 done, 3 would run; --retry-failures would"), text);
    assertTrue(text.contains("take about 2 s"), text);
  }

  @Test
  void otherSettingsAreRejectedByName() throws IOException {
    JobSettings settings = new JobSettings(Map.of("--model", "abc", "--top-k", "2"));
    assertThrows(IllegalArgumentException.class, () -> settings.requireSameIn(folder));
    settings.write(folder);
    settings.requireSameIn(folder);
    JobSettings other = new JobSettings(Map.of("--model", "abc", "--top-k", "3"));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> other.requireSameIn(folder))
            .getMessage()
            .contains("was started with --top-k=2, not 3"));
  }

  @Test
  void aSpeakerIsDoneAsAWhole() {
    List<Recording> recordings =
        List.of(
            Recording.file("a").withMetadata(Map.of("speaker", "Kim")),
            Recording.file("x"),
            Recording.file("b").withMetadata(Map.of("speaker", "Kim")));
    assertEquals(
        List.of(2, 1),
        RecordingGroups.left(recordings, Set.of(), Normalization.SPEAKER).stream()
            .map(List::size)
            .toList());
    assertEquals(
        1, RecordingGroups.left(recordings, Set.of("a", "b"), Normalization.SPEAKER).size());
    assertEquals(2, RecordingGroups.left(recordings, Set.of("a"), Normalization.NONE).size());
    assertEquals(2, RecordingGroups.left(recordings, Set.of("a"), Normalization.ARCHIVE).size());
    assertEquals(1, RecordingGroups.left(recordings, Set.of("a", "b"), Normalization.AUTO).size());
    assertThrows(
        IllegalArgumentException.class,
        () -> RecordingGroups.left(recordings, Set.of("a"), Normalization.SPEAKER));
  }
}
