package io.gemoclap.training.corpus;

/**
 * Something in a corpus that cannot be used as it is.
 *
 * @param file the file with the problem
 * @param line line of the file, from 1; 0 where the whole file is meant
 * @param message what is wrong, for people
 */
public record Problem(String file, long line, String message) {
  /** {@code file:line: message}, as compilers write it. */
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + message;
  }
}
