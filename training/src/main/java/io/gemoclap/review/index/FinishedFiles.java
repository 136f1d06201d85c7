package io.gemoclap.review.index;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.gemoclap.read.Origins;
import io.gemoclap.read.ResultFiles;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of rows in a local folder of finished results, of finished parts only: those that a
 * part's {@code summary-<part>.json} lists. Other files were left by a job that was killed.
 *
 * @param folder the folder of results
 * @param annotations Parquet where the folder has it, which is read faster, otherwise JSON Lines
 * @param embeddings Parquet; none without {@code --embeddings}; of a rescored folder, those of its
 *     origin if the model is the same
 */
public record FinishedFiles(Path folder, List<Path> annotations, List<Path> embeddings) {
  /**
   * Lists the files of a folder.
   *
   * @throws IOException if the folder is empty, or a file of a finished part is missing; the
   *     message names the remedy
   */
  public static FinishedFiles in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException("'" + folder + "' is not a folder of this machine");
    }
    List<Path> rows = of(folder, "annotations");
    List<Path> parquet =
        rows.stream().filter(file -> file.toString().endsWith(".parquet")).toList();
    return new FinishedFiles(folder, parquet.isEmpty() ? rows : parquet, of(folder, "embeddings"));
  }

  private static List<Path> of(Path folder, String kind) throws IOException {
    ResultFolder holding = Origins.holding(new ResultFolder(folder.toString()), kind);
    return ResultFiles.inAllFormats(holding, kind).stream()
        .map(Path.of(holding.uri())::resolve)
        .toList();
  }

  /** The folder that {@code rescore} wrote last beside the results; empty if there is none. */
  public Optional<Path> newestRescored() throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(path -> path.getFileName().toString().startsWith("rescored-"))
          .filter(path -> Files.exists(path.resolve("summary.json")))
          .max(
              (a, b) ->
                  Long.compare(
                      a.resolve("summary.json").toFile().lastModified(),
                      b.resolve("summary.json").toFile().lastModified()));
    }
  }

  /** Adds names, sizes and times of the files to a digest. */
  void addTo(Hasher digest) throws IOException {
    for (List<Path> files : List.of(annotations, embeddings)) {
      for (Path file : files) {
        digest.putString(file.getFileName().toString(), StandardCharsets.UTF_8);
        digest.putLong(Files.size(file)).putLong(Files.getLastModifiedTime(file).toMillis());
      }
    }
  }

  /** Names the content of the files: another list, or a changed file, gives another name. */
  String digest(Object... others) throws IOException {
    Hasher digest = Hashing.sha256().newHasher();
    addTo(digest);
    for (Object other : others) {
      if (other instanceof FinishedFiles files) {
        files.addTo(digest);
      } else {
        digest.putString(String.valueOf(other), StandardCharsets.UTF_8);
      }
    }
    return digest.hash().toString().substring(0, 12);
  }
}
