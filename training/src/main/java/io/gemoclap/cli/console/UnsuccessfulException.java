package io.gemoclap.cli.console;

/**
 * More items of a job have failed than may fail: the job ran, its results are written, and it ends
 * with its own exit status. The message is a sentence for the user.
 */
public final class UnsuccessfulException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnsuccessfulException(String message) {
    super(message);
  }
}
