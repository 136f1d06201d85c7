package io.gemoclap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository's pages. */
public final class Markdown {
  private Markdown() {}

  /** The repository's root: Maven runs tests in the module's folder, other tools in the root. */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("beam-transforms")) ? here : here.getParent();
  }

  /** All pages that are sources. */
  public static List<Path> pages() throws IOException {
    return pages(root()).toList();
  }

  private static Stream<Path> pages(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList().stream().flatMap(Markdown::below);
    }
  }

  private static Stream<Path> below(Path entry) {
    String name = entry.getFileName().toString();
    try {
      return Files.isDirectory(entry)
          ? name.equals("target") || name.startsWith(".") ? Stream.of() : pages(entry)
          : name.endsWith(".md") ? Stream.of(entry) : Stream.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
