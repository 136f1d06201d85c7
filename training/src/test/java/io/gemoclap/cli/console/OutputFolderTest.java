package io.gemoclap.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFolderTest {
  @TempDir private Path folder;

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void aFolderWithResultsIsEmptiedOnlyIfThatIsRequested() throws IOException {
    Files.writeString(folder.resolve("summary.json"), "{}");
    assertThrows(WrongUsageException.class, () -> OutputFolder.prepare(folder, false));
    assertEquals(1, files());
    OutputFolder.prepare(folder, true);
    assertEquals(0, files());
  }

  @Test
  void correctionsAreNeverDeleted() throws IOException {
    Files.writeString(folder.resolve("summary.json"), "{}");
    Files.writeString(folder.resolve("corrections-kim.jsonl"), "{}");
    WrongUsageException refused =
        assertThrows(WrongUsageException.class, () -> OutputFolder.prepare(folder, true));
    assertTrue(refused.getMessage().contains("corrections-kim.jsonl"), refused.getMessage());
    assertEquals(2, files());
  }
}
