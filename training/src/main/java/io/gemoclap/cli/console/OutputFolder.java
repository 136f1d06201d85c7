package io.gemoclap.cli.console;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.corrections.Corrections;
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
      if (Corrections.isFile(name)) {
        throw new WrongUsageException(
            ("The output folder '%s' holds '%s', which people have made and --overwrite would"
                    + " delete. Move this file, or choose another folder")
                .formatted(folder, name));
      }
    }
  }

  /**
   * Checks that emptying a folder does not delete what a command reads.
   *
   * @param output the folder that is written to
   * @param input a file or folder that is read
   * @throws WrongUsageException if the output is the input, or holds it
   */
  public static void requireApart(Path output, Path input) throws IOException {
    if (real(input).startsWith(real(output))) {
      throw new WrongUsageException(
          "The output folder '%s' holds '%s', which the command reads. Choose another folder"
              .formatted(output, input));
    }
  }

  private static Path real(Path path) throws IOException {
    return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
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
