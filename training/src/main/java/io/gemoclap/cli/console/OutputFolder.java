package io.gemoclap.cli.console;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Stream;

/** Protects earlier results from being overwritten. */
public final class OutputFolder {
  private OutputFolder() {}

  /**
   * Checks that emptying a folder deletes nothing that people have made.
   *
   * @param names of the files in it
   * @throws WrongUsageException naming a file with their corrections
   */
  public static void requireNoAnswers(Object folder, Collection<String> names) {
    for (String name : names) {
      if (name.matches("corrections.*\\.jsonl")) {
        throw new WrongUsageException(
            ("The output folder '%s' holds '%s', which people have made and --overwrite would"
                    + " delete. Move this file, or choose another folder")
                .formatted(folder, name));
      }
    }
  }

  /**
   * Makes sure that the folder is empty or absent; empties it only if requested.
   *
   * @throws WrongUsageException when it holds something and {@code overwrite} is false, or when it
   *     holds corrections
   */
  public static Path prepare(Path folder, boolean overwrite) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new WrongUsageException("The output '" + folder + "' is a file, not a folder");
    }
    if (!Files.isDirectory(folder)) {
      return folder;
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isEmpty()) {
        return folder;
      }
    }
    if (!overwrite) {
      throw new WrongUsageException(
          "The output folder '" + folder + "' is not empty; choose another or add --overwrite");
    }
    try (Stream<Path> content = Files.list(folder)) {
      requireNoAnswers(folder, content.map(file -> file.getFileName().toString()).toList());
    }
    MoreFiles.deleteDirectoryContents(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    return folder;
  }
}
