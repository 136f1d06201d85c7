package io.gemoclap.cli.console;

/** The command cannot be what the user meant: exit status 2. */
public final class WrongUsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongUsageException(String message) {
    super(message);
  }

  public WrongUsageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Makes something of what the user gave. */
  public interface Step<T, E extends Exception> {
    /**
     * Makes it.
     *
     * @throws IllegalArgumentException saying what is wrong with what the user gave
     */
    T run() throws E;
  }

  /**
   * The result of a step.
   *
   * @throws WrongUsageException with the message of the step's {@link IllegalArgumentException}
   */
  public static <T, E extends Exception> T ifRefused(Step<T, E> step) throws E {
    try {
      return step.run();
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }
}
