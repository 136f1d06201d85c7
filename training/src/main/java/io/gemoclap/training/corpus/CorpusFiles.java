package io.gemoclap.training.corpus;

import io.gemoclap.census.Census;
import io.gemoclap.census.CensusEntry;
import io.gemoclap.census.LocalNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files below the folder of a corpus, listed by {@link Census} as recordings are. */
final class CorpusFiles {
  private CorpusFiles() {}

  /**
   * All entries below a folder that are no folders, links that lead nowhere among them: an
   * utterance whose file cannot be opened becomes a problem of its corpus.
   *
   * @throws IOException if a folder may not be read, so that missing files are unknown
   */
  static Stream<Path> below(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (CensusEntry entry : Census.of(LocalNames.name(folder.toAbsolutePath())).entries()) {
      Path path = LocalNames.path(entry.name());
      if (!entry.isFile() && Files.isDirectory(path)) {
        throw new IOException(
            "In the corpus '%s', '%s' is not readable: %s Change its permissions, or move it away"
                .formatted(folder, entry.name(), entry.problem().orElseThrow()));
      }
      files.add(folder.resolve(folder.toAbsolutePath().normalize().relativize(path)));
    }
    return files.stream();
  }
}
