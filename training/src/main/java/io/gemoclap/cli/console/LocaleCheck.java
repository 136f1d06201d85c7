package io.gemoclap.cli.console;

/**
 * Notices arguments that the JVM could not read: it reads them in the locale's encoding, and puts
 * U+FFFD for bytes that are not text there.
 */
public final class LocaleCheck {
  private static final char LOST = '\uFFFD';

  private LocaleCheck() {}

  /**
   * Checks the arguments of the command.
   *
   * @throws WrongUsageException if the locale cannot spell one of them: it would name another file
   */
  public static void requireReadable(String... arguments) {
    String encoding = System.getProperty("sun.jnu.encoding", "");
    for (String argument : arguments) {
      if (argument.indexOf(LOST) >= 0 && !encoding.equalsIgnoreCase("UTF-8")) {
        throw new WrongUsageException(
            "Argument '%s' has characters that the locale (%s) cannot encode: set LC_ALL=C.UTF-8"
                .formatted(argument, encoding));
      }
    }
  }

  /** What to do about a name that was not found since it is not text; otherwise empty. */
  public static String remedyFor(String name) {
    return name.indexOf(LOST) < 0
        ? ""
        : "; name it by a file: URI with %XX for each byte that is not UTF-8, as in"
            + " file:///calls/M%FCller.wav";
  }
}
