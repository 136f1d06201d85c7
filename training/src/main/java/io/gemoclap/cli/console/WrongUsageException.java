package io.gemoclap.cli.console;

/** The command cannot be what the user meant: exit status 2. */
public final class WrongUsageException extends RuntimeException {
  public WrongUsageException(String message) {
    super(message);
  }

  public WrongUsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
