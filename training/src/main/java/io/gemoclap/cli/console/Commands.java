package io.gemoclap.cli.console;

/** Runs another command of the command line, as {@code gemoclap experiment} runs training. */
public interface Commands {

  /**
   * Runs a command in this process.
   *
   * @param args as the command line has them
   * @return the exit status
   */
  int run(String... args);
}
