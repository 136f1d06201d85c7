package io.gemoclap.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultFolderTest {
  private static final int WRITERS = 6;
  private static final int TIMES = 60;

  @TempDir private Path path;

  /** Each writer has a digit of its own, and texts of its own length. */
  private static String text(int writer) {
    return Integer.toString(writer).repeat(1_000 * (writer + 1));
  }

  @Test
  void manyWritersLeaveOneWholeTextAndNothingElse() throws Exception {
    ResultFolder folder = new ResultFolder(path.toString());
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> writing = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        String text = text(w);
        writing.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < TIMES; i++) {
                    folder.replace("a.json", text);
                    String read = read(folder);
                    assertTrue(read.equals(text(read.charAt(0) - '0')), "parts of two texts");
                  }
                  return null;
                }));
      }
      for (Future<?> writer : writing) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(List.of("a.json"), folder.names());
  }

  private static String read(ResultFolder folder) throws IOException {
    try (BufferedReader reader = folder.read("a.json")) {
      return reader.readLine();
    }
  }

  @Test
  void whatCannotBeMovedIsDeleted() throws Exception {
    Path taken = Files.createDirectories(path.resolve("a.json").resolve("not empty"));
    assertThrows(
        IOException.class, () -> new ResultFolder(path.toString()).replace("a.json", "text"));
    assertTrue(Files.exists(taken));
    try (Stream<Path> files = Files.list(path)) {
      assertEquals(1, files.count());
    }
  }
}
