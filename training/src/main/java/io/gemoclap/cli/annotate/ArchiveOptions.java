package io.gemoclap.cli.annotate;

import io.gemoclap.cli.archive.MaxFailures;
import io.gemoclap.cli.archive.PartSize;
import io.gemoclap.cli.console.WrongUsageException;
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
      description =
          "With --resume: try again what failed: recordings without any row, and parts in which a"
              + " segment failed for a reason that may have gone.")
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

  @Option(
      names = "--max-failures",
      paramLabel = "<share>",
      description =
          "Share of recordings, as 0.05 or 5%%, that may fail before the job ends with exit status"
              + " 3. Default: all but one.")
  private String maxFailures;

  /** Checks what cannot stand together. */
  void check() {
    MaxFailures unused = maxFailures();
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
    if (overwrite || resume || retryFailures || dryRun || part != null || maxFailures != null) {
      throw new WrongUsageException(
          "--overwrite, --resume, --retry-failures, --dry-run, --part and --max-failures are for"
              + " input with an end, not for kafka:<topic> or --watch");
    }
  }

  /** How many recordings may fail. */
  MaxFailures maxFailures() {
    return maxFailures == null
        ? MaxFailures.belowAll()
        : WrongUsageException.ifRefused(() -> MaxFailures.parse(maxFailures));
  }

  PartSize partSize() {
    return part == null ? PartSize.adaptive() : PartSize.of(part);
  }
}
