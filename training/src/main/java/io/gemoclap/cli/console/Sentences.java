package io.gemoclap.cli.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Makes sentences of exceptions whose message is only a path, a reason or a class. */
public final class Sentences {
  private Sentences() {}

  /** What is wrong, for the user: the exception's own message if that is a sentence. */
  public static String of(Throwable e) {
    Throwable told = e;
    while (told instanceof UncheckedIOException && told.getCause() != null) {
      if (told.getMessage() != null && !told.getMessage().equals(told.getCause().toString())) {
        return told.getMessage() + ": " + of(told.getCause());
      }
      told = told.getCause();
    }
    if (told instanceof FileSystemException file && file.getFile() != null) {
      return of(file);
    }
    String message = told.getMessage();
    if (message == null) {
      return told.toString();
    }
    if (told instanceof IOException && message.endsWith("No space left on device")) {
      return message + ": free some space. The temporary folder (java.io.tmpdir) is " + temporary();
    }
    return message;
  }

  private static String of(FileSystemException e) {
    String file = "'" + e.getFile() + "'";
    if (e instanceof NoSuchFileException) {
      return file + " does not exist or cannot be created";
    }
    if (e instanceof AccessDeniedException) {
      return file
          + " cannot be read or written by this user ("
          + System.getProperty("user.name")
          + ")";
    }
    if (e instanceof FileAlreadyExistsException) {
      return file + " exists already" + (e.getReason() == null ? "" : " (" + e.getReason() + ")");
    }
    if (e instanceof NotDirectoryException) {
      return file + " is not a folder";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return file + " is a folder that is not empty";
    }
    if (e instanceof FileSystemLoopException) {
      return file + " is a link to itself";
    }
    String to = e.getOtherFile() == null ? "" : " (to '" + e.getOtherFile() + "')";
    String reason = e.getReason() == null ? "could not be read or written" : e.getReason();
    return file + to + ": " + reason;
  }

  /**
   * Checks the temporary folder of this process, which every job needs.
   *
   * @throws IOException naming the folder, the setting and the remedy
   */
  public static void requireTemporaryFolder() throws IOException {
    String folder = temporary();
    if (!Files.isDirectory(Path.of(folder)) || !Files.isWritable(Path.of(folder))) {
      throw new IOException(
          ("The temporary folder '%s' (java.io.tmpdir) %s; create it, or name another:"
                  + " GEMOCLAP_JAVA_OPTIONS=-Djava.io.tmpdir=<folder>")
              .formatted(
                  folder,
                  Files.isDirectory(Path.of(folder)) ? "cannot be written" : "is not a folder"));
    }
  }

  private static String temporary() {
    return System.getProperty("java.io.tmpdir", "");
  }
}
