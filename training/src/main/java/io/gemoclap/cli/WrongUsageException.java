package io.gemoclap.cli;

/** The command cannot be what the user meant: exit status 2. */
final class WrongUsageException extends RuntimeException {
  WrongUsageException(String message) {
    super(message);
  }

  WrongUsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
