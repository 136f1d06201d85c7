package io.gemoclap.review.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftoversTest {
  @TempDir private Path folder;

  /** The id of a process that has ended. */
  private static long ended() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(java.toString(), "--version")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.waitFor();
    return process.pid();
  }

  private Set<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void whatEndedProcessesWereBuildingIsDeletedAndNothingElse() throws Exception {
    long own = ProcessHandle.current().pid();
    long ended = ended();
    for (String name : new String[] {"duckdb.%s.new", "duckdb.%s.new.wal"}) {
      Files.writeString(folder.resolve("segments-0a1b." + name.formatted(ended)), "rows");
      Files.writeString(folder.resolve("segments-0a1b." + name.formatted(own)), "rows");
    }
    for (String name : new String[] {"duckdb.%s.new.tmp", "nearest.%s.new"}) {
      for (long process : new long[] {ended, own}) {
        Path building = folder.resolve("segments-0a1b." + name.formatted(process));
        Files.writeString(Files.createDirectory(building).resolve("part"), "rows");
      }
    }
    Files.writeString(folder.resolve("segments-0a1b.duckdb"), "finished");
    Files.writeString(folder.resolve("notes." + ended + ".new"), "of somebody else");
    Leftovers.deleteFrom(folder);
    assertEquals(
        Set.of(
            "segments-0a1b.duckdb",
            "notes." + ended + ".new",
            "segments-0a1b.duckdb." + own + ".new",
            "segments-0a1b.duckdb." + own + ".new.wal",
            "segments-0a1b.duckdb." + own + ".new.tmp",
            "segments-0a1b.nearest." + own + ".new"),
        names());
  }

  @Test
  void aFolderThatDoesNotExistHasNone() throws Exception {
    Path missing = folder.resolve("missing");
    Leftovers.deleteFrom(missing);
    assertFalse(Files.exists(missing));
  }
}
