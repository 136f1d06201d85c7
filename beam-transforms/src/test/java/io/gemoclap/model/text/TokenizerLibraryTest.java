package io.gemoclap.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenizerLibraryTest {
  private static final String NAME = System.mapLibraryName("tokenizers");

  @TempDir Path cache;

  @Test
  void aProcessWithoutGpuFindsTheLibraryThatOneWithAGpuUnpacked() throws IOException {
    write("0.21-cpu/90/" + NAME, "native");
    TokenizerLibrary.repair(cache);
    assertEquals(List.of("0.21-cpu/90/" + NAME, "0.21-cpu/" + NAME), files());
    assertEquals("native", Files.readString(cache.resolve("0.21-cpu").resolve(NAME)));
  }

  @Test
  void aLibraryThatIsThereStays() throws IOException {
    write("0.21-cpu/" + NAME, "own");
    write("0.21-cpu/90/" + NAME, "other");
    TokenizerLibrary.repair(cache);
    assertEquals("own", Files.readString(cache.resolve("0.21-cpu").resolve(NAME)));
  }

  @Test
  void foldersWithoutALibraryStay() throws IOException {
    write("0.21-cpu/90/another", "");
    TokenizerLibrary.repair(cache);
    TokenizerLibrary.repair(cache.resolve("absent"));
    assertEquals(List.of("0.21-cpu/90/another"), files());
  }

  private void write(String path, String content) throws IOException {
    Path file = cache.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      return all.filter(Files::isRegularFile)
          .map(file -> cache.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
