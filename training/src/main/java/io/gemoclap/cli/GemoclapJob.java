package io.gemoclap.cli;

/**
 * The {@code gemoclap} command for {@code flink run} and application mode, where {@code main} runs
 * inside a process of Flink: it returns or throws, and never ends the process.
 */
public final class GemoclapJob {
  private GemoclapJob() {}

  /**
   * Runs a subcommand.
   *
   * @throws IllegalStateException if the exit status is not 0; the reason is on standard error
   */
  public static void main(String[] args) {
    int status = Gemoclap.execute(args);
    if (status != 0) {
      throw new IllegalStateException("gemoclap ended with status " + status);
    }
  }
}
