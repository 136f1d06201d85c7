package io.gemoclap.review.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FinishedFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void finishTwoParts() throws IOException {
    write("summary.json", "{}");
    part("00000", "annotations-00000-00000-of-00001.jsonl");
    part(
        "00001",
        "annotations-00001-00000-of-00001.jsonl",
        "embeddings-00001-00000-of-00001.parquet",
        "recordings-00001-00000-of-00001.jsonl");
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private void part(String number, String... files) throws IOException {
    for (String file : files) {
      write(file, "");
    }
    write(
        "summary-" + number + ".json",
        "{\"recordings\": 1, \"files\": [\"%s\"]}".formatted(String.join("\", \"", files)));
  }

  private List<String> names(List<Path> files) {
    return files.stream().map(file -> folder.relativize(file).toString()).toList();
  }

  @Test
  void onlyFilesOfFinishedPartsAreListed() throws IOException {
    write("annotations-00001-00001-of-00002.jsonl", "left by a killed job");
    write("annotations-00002-00000-of-00001.jsonl", "of a part that is not finished");
    FinishedFiles files = FinishedFiles.in(folder);
    assertEquals(
        List.of("annotations-00000-00000-of-00001.jsonl", "annotations-00001-00000-of-00001.jsonl"),
        names(files.annotations()));
    assertEquals(List.of("embeddings-00001-00000-of-00001.parquet"), names(files.embeddings()));
  }

  @Test
  void allFilesOfAPartCountWhereItsSummaryListsNone() throws IOException {
    write("summary-00001.json", "{\"recordings\": 1}");
    assertEquals(2, FinishedFiles.in(folder).annotations().size());
    assertEquals(1, FinishedFiles.in(folder).embeddings().size());
  }

  @Test
  void parquetIsPreferredToJsonLines() throws IOException {
    part(
        "00000",
        "annotations-00000-00000-of-00001.jsonl",
        "annotations-00000-00000-of-00001.parquet");
    part(
        "00001",
        "annotations-00001-00000-of-00001.jsonl",
        "annotations-00001-00000-of-00001.parquet");
    assertEquals(
        List.of(
            "annotations-00000-00000-of-00001.parquet", "annotations-00001-00000-of-00001.parquet"),
        names(FinishedFiles.in(folder).annotations()));
  }

  @Test
  void incompleteResultsAreRefused() throws IOException {
    Files.delete(folder.resolve("annotations-00000-00000-of-00001.jsonl"));
    IOException missing = assertThrows(IOException.class, () -> FinishedFiles.in(folder));
    assertTrue(missing.getMessage().contains("summary-00000.json lists it"), missing.getMessage());
  }

  @Test
  void theDigestChangesWithTheFiles() throws IOException {
    String before = FinishedFiles.in(folder).digest("v1");
    assertEquals(before, FinishedFiles.in(folder).digest("v1"));
    assertNotEquals(before, FinishedFiles.in(folder).digest("v2"));
    write("annotations-00001-00000-of-00001.jsonl", "a row more");
    assertNotEquals(before, FinishedFiles.in(folder).digest("v1"));
  }

  @Test
  void theNewestFinishedRescoringIsFound() throws IOException {
    assertTrue(FinishedFiles.in(folder).newestRescored().isEmpty());
    for (String name : List.of("rescored-b", "rescored-a", "rescored-unfinished")) {
      Files.createDirectory(folder.resolve(name));
    }
    write("rescored-b/summary.json", "{}");
    write("rescored-a/summary.json", "{}");
    Files.setLastModifiedTime(
        folder.resolve("rescored-b/summary.json"), FileTime.fromMillis(1_000));
    assertEquals(
        folder.resolve("rescored-a"), FinishedFiles.in(folder).newestRescored().orElseThrow());
  }
}
