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
          "Annotate recordings that the output folder lacks, after a killed job or for newly"
              + " added files.")
  boolean resume;

  @Option(
      names = "--retry-failures",
      description =
          "With --resume: repeat recordings that failed without any row, and parts in which a"
              + " segment failed for a reason that may be temporary.")
  boolean retryFailures;

  @Option(
      names = "--renew-statistics",
      description =
          "With --resume: estimate the archive's statistics (normalization.json) again, for example"
              + " after the archive has grown, and annotate everything again with them.")
  boolean renewStatistics;

  @Option(
      names = "--dry-run",
      description = "Print what would run and the estimated time; change nothing.")
  boolean dryRun;

  @Option(
      names = "--part",
      description =
          "Recordings per part. Results of a finished part are kept if the job is killed later."
              + " Default: about ten minutes of work.")
  private Integer part;

  @Option(
      names = "--max-failures",
      paramLabel = "<share>",
      description =
          "Share of recordings, such as 0.05 or 5%%, that may fail before the exit status is"
              + " 3. Default: all but one.")
  private String maxFailures;

  /** Checks what cannot stand together. */
  void check() {
    MaxFailures unused = maxFailures();
    if (resume && overwrite) {
      throw new WrongUsageException("--resume keeps what --overwrite deletes: give only one");
    }
    if (retryFailures && !resume) {
      throw new WrongUsageException("--retry-failures needs --resume");
    }
    if (renewStatistics && !resume) {
      throw new WrongUsageException("--renew-statistics needs --resume");
    }
    if (part != null && part < 1) {
      throw new WrongUsageException("--part must be at least 1, not " + part);
    }
  }

  /** Continuous input has no parts: its jobs resume from checkpoints and add files. */
  void requireUnused() {
    boolean used = overwrite || resume || retryFailures || renewStatistics || dryRun;
    if (used || part != null || maxFailures != null) {
      throw new WrongUsageException(
          "--overwrite, --resume, --retry-failures, --renew-statistics, --dry-run, --part and"
              + " --max-failures are for batch input, not for kafka:<topic> or --watch");
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
