package io.gemoclap.cli.archive;

import io.gemoclap.cli.console.OutputFolder;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.nio.file.Path;

/** Protects earlier results, on any Beam file system, from being overwritten. */
public final class EmptyFolder {
  private EmptyFolder() {}

  /**
   * Makes sure that a folder is empty or absent; empties it only if requested.
   *
   * @throws WrongUsageException when it holds something and {@code overwrite} is false
   */
  public static void prepare(ResultFolder folder, boolean overwrite) throws IOException {
    if (folder.isLocal()) {
      OutputFolder.prepare(Path.of(folder.uri()), overwrite);
    } else if (overwrite) {
      OutputFolder.requireNoAnswers(folder, folder.names());
      folder.deleteContent();
    } else {
      require(folder);
    }
  }

  /**
   * Checks that emptying a folder does not delete results that are read.
   *
   * @throws WrongUsageException if the output is the folder of results, or holds it
   */
  public static void requireApart(ResultFolder output, ResultFolder results) throws IOException {
    if (output.isLocal() && results.isLocal()) {
      OutputFolder.requireApart(Path.of(output.uri()), Path.of(results.uri()));
    } else if ((results.uri() + "/").startsWith(output.uri().replaceFirst("/*$", "/"))) {
      throw new WrongUsageException(
          "The output folder '%s' holds '%s', which the command reads. Choose another folder"
              .formatted(output, results));
    }
  }

  /**
   * Checks that a folder is empty or absent.
   *
   * @throws WrongUsageException when it holds something
   */
  public static void require(ResultFolder folder) throws IOException {
    if (!folder.names().isEmpty()) {
      throw new WrongUsageException(
          "The output folder '" + folder + "' is not empty; choose another or add --overwrite");
    }
  }
}
