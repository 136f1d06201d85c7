package io.gemoclap.cli.console;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Protects earlier results from being overwritten. */
public final class OutputFolder {
  private OutputFolder() {}

  /**
   * Makes sure that the folder is empty or absent; empties it only if requested.
   *
   * @throws WrongUsageException when it holds something and {@code overwrite} is false
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
    MoreFiles.deleteDirectoryContents(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    return folder;
  }
}
