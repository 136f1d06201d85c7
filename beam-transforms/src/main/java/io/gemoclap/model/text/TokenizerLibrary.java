package io.gemoclap.model.text;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Makes the tokenizer's native library loadable on a machine with a GPU.
 *
 * <p>DJL unpacks the library into a folder of its cache; if the process sees a GPU, into a
 * subfolder named by the GPU's compute capability. After that, a process that sees none fails with
 * "Can't load library": DJL cannot put the library into the folder, which exists already.
 */
final class TokenizerLibrary {
  private static final String NAME = System.mapLibraryName("tokenizers");

  private TokenizerLibrary() {}

  /**
   * Copies the library from subfolders to the folders that lack it. A folder that cannot be written
   * stays as it is.
   *
   * @param cache the folder in which DJL keeps a folder for each version; need not exist
   * @throws IOException if a copy cannot be written
   */
  static void repair(Path cache) throws IOException {
    if (!Files.isDirectory(cache)) {
      return;
    }
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(cache, Files::isDirectory)) {
      for (Path version : versions) {
        Path library = version.resolve(NAME);
        if (!Files.exists(library) && Files.isWritable(version)) {
          copyFromSubfolder(version, library);
        }
      }
    }
  }

  private static void copyFromSubfolder(Path version, Path library) throws IOException {
    try (DirectoryStream<Path> subfolders = Files.newDirectoryStream(version, Files::isDirectory)) {
      for (Path subfolder : subfolders) {
        Path source = subfolder.resolve(NAME);
        if (Files.isRegularFile(source)) {
          // Other processes see the whole copy or none.
          Path part = Files.createTempFile(version, NAME, ".part");
          Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
          Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
          return;
        }
      }
    }
  }
}
