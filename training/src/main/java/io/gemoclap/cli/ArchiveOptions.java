package io.gemoclap.cli;

import io.gemoclap.cli.archive.PartSize;
import picocli.CommandLine.Option;

/** What happens to earlier results in the output folder, and in what portions new ones come. */
final class ArchiveOptions {
  @Option(names = "--overwrite", description = "Empty the output folder first.")
  boolean overwrite;

  @Option(
      names = "--resume",
      description =
          "Annotate what the output folder lacks: of a job that was interrupted, or of an archive"
              + " that grew.")
  boolean resume;

  @Option(
      names = "--retry-failures",
      description = "With --resume: try recordings again that could not be decoded.")
  boolean retryFailures;

  @Option(
      names = "--dry-run",
      description = "Tell what would run and how long it should take; change nothing.")
  boolean dryRun;

  @Option(
      names = "--part",
      description =
          "Recordings in a part: results of a part are kept even if the job is killed later."
              + " Default: as many as take about ten minutes.")
  private Integer part;

  /** Checks what cannot stand together. */
  void check() {
    if (resume && overwrite) {
      throw new WrongUsageException("--resume keeps what --overwrite deletes; give one of them");
    }
    if (retryFailures && !resume) {
      throw new WrongUsageException("--retry-failures needs --resume");
    }
    if (part != null && part < 1) {
      throw new WrongUsageException("--part is at least 1, not " + part);
    }
  }

  /** Input without end has no parts: its jobs go on from checkpoints, and add files. */
  void requireUnused() {
    if (overwrite || resume || retryFailures || dryRun || part != null) {
      throw new WrongUsageException(
          "--overwrite, --resume, --retry-failures, --dry-run and --part are for input with an end,"
              + " not for kafka:<topic> or --watch");
    }
  }

  PartSize partSize() {
    return part == null ? PartSize.adaptive() : PartSize.of(part);
  }
}
