package io.gemoclap.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FinishedResultsTest {
  @TempDir private Path folder;

  private Path results(String name, String job) throws IOException {
    Path results = Files.createDirectories(folder.resolve(name));
    Files.writeString(results.resolve("job.json"), job);
    Files.writeString(results.resolve("summary.json"), "{\"files\": []}");
    return results;
  }

  private static FinishedResults read(Path results) throws IOException {
    return FinishedResults.read(new ResultFolder(results.toString()));
  }

  @Test
  void answersAboutASegmentAreFoundFromRescoredResultsToo() throws IOException {
    Path results = results("results", "{}");
    Path rescored = results("results/rescored", "{\"rescored\": \"..\"}");
    Path kim = Files.createFile(results.resolve("corrections-kim.jsonl"));
    Path lee = Files.createFile(rescored.resolve("corrections-lee.jsonl"));
    assertEquals(List.of(kim), read(results).corrections());
    assertEquals(List.of(lee, kim), read(rescored).corrections());
    assertEquals(List.of(rescored, results), read(rescored).answered());
  }

  @Test
  void rescoredResultsHaveTheFeaturesOfTheirOrigin() throws IOException {
    Path results = results("results", "{}");
    Path rescored = results("rescored", "{\"rescored\": \"%s\"}".formatted(results));
    assertFalse(read(rescored).has("features"));
    Files.createFile(results.resolve("features-0.parquet"));
    Files.writeString(results.resolve("summary.json"), "{\"files\": [\"features-0.parquet\"]}");
    assertTrue(read(rescored).has("features"));
  }

  @Test
  void unfinishedResultsAreRefusedWithTheRemedy() throws IOException {
    Path results = results("results", "{}");
    Files.delete(results.resolve("summary.json"));
    String message = assertThrows(WrongUsageException.class, () -> read(results)).getMessage();
    assertTrue(message.contains("'gemoclap annotate --resume'"), message);
    assertTrue(
        assertThrows(WrongUsageException.class, () -> read(folder.resolve("none")))
            .getMessage()
            .contains("does not exist"));
  }
}
