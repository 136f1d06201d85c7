package io.gemoclap.cli.train;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.training.report.FinishedRun;
import java.io.IOException;
import java.nio.file.Path;

/** Run folders that were named on the command line. */
final class FinishedRuns {
  private FinishedRuns() {}

  /**
   * Reads one.
   *
   * @throws WrongUsageException when it is none; the sentence says what is missing
   */
  static FinishedRun read(Path folder) throws IOException {
    try {
      return FinishedRun.read(folder);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }
}
