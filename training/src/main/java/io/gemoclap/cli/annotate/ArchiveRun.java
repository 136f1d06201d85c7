package io.gemoclap.cli.annotate;

import com.google.common.collect.Sets;
import io.gemoclap.audio.Recording;
import io.gemoclap.cli.archive.ArchiveStatisticsFile;
import io.gemoclap.cli.archive.ArchiveSummary;
import io.gemoclap.cli.archive.EmptyFolder;
import io.gemoclap.cli.archive.FinishedParts;
import io.gemoclap.cli.archive.Forecast;
import io.gemoclap.cli.archive.JobSettings;
import io.gemoclap.cli.archive.MaxFailures;
import io.gemoclap.cli.archive.PartSize;
import io.gemoclap.cli.archive.RecordingGroups;
import io.gemoclap.cli.console.Progress;
import io.gemoclap.cli.console.UnsuccessfulException;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.Normalization;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.jspecify.annotations.Nullable;

/**
 * Annotates what an output folder lacks, part by part, each its own job. A part counts once its
 * summary is written; what a killed job left of another is deleted and runs again.
 */
record ArchiveRun(
    ResultFolder output, JobSettings settings, Inputs inputs, Normalization normalization) {
  /** Makes the job of one part. */
  interface PartJob {
    /**
     * The pipeline.
     *
     * @param digests what the part's summary keeps of its inputs
     * @param archive the archive's statistics; null if none are used
     */
    Pipeline of(
        List<Recording> recordings, int part, String digests, @Nullable ArchiveStatistics archive);
  }

  /** What {@link #run} would do; changes nothing. */
  Forecast forecast(ArchiveOptions options) throws IOException {
    FinishedParts parts = before(options);
    if (!options.resume && !options.overwrite) {
      EmptyFolder.require(output);
    }
    return withEarlierIds(parts).forecast(options, parts);
  }

  private Forecast forecast(ArchiveOptions options, FinishedParts parts) {
    Set<String> again = again(options, parts);
    changedInputs().requireNone(output.toString(), inputs.recordings(), parts, again);
    int left = left(parts, again).stream().mapToInt(List::size).sum();
    return new Forecast(
        inputs.recordings().size(), left, again.size(), retriable(parts).size(), parts);
  }

  /**
   * Runs all that is left, then sums up.
   *
   * @param pass estimates the archive's statistics if there is something to annotate; null if none
   *     are used
   * @return counts of all recordings in the folder
   * @throws WrongUsageException when the folder holds something that must not be touched, or was
   *     begun with other settings
   * @throws UnsuccessfulException after a part, once more recordings have failed than may fail of
   *     all that are to run
   */
  MaxFailures.Counts run(ArchiveOptions options, @Nullable ArchivePass pass, PartJob job)
      throws IOException {
    FinishedParts parts = before(options);
    return withEarlierIds(parts).run(options, parts, pass, job);
  }

  private ArchiveRun withEarlierIds(FinishedParts parts) {
    return new ArchiveRun(output, settings, EarlierIds.keep(inputs, parts), normalization);
  }

  private MaxFailures.Counts run(
      ArchiveOptions options, FinishedParts parts, @Nullable ArchivePass pass, PartJob job)
      throws IOException {
    Set<String> again = again(options, parts);
    changedInputs().requireNone(output.toString(), inputs.recordings(), parts, again);
    List<List<Recording>> left = left(parts, again);
    prepare(options, parts, again);
    ArchiveStatistics archive =
        pass == null || left.isEmpty()
            ? null
            : pass.statistics(
                output,
                inputs.recordings(),
                !options.renewStatistics && !parts.summaries().isEmpty());
    PartSize size = options.partSize();
    int waiting = left.stream().mapToInt(List::size).sum();
    Progress progress = new Progress(System.err, waiting);
    long failed = Sets.difference(Sets.union(parts.retriable(), parts.fruitless()), again).size();
    long all = (long) Sets.difference(parts.done(), again).size() + waiting;
    int number = parts.next();
    int from = 0;
    while (from < left.size()) {
      List<Recording> some = new ArrayList<>();
      while (from < left.size() && some.size() < size.next()) {
        some.addAll(left.get(from++));
      }
      long start = System.nanoTime();
      int part = number++;
      Runs.run(job.of(some, part, changedInputs().digests(some), archive), progress);
      size.took(some.size(), (System.nanoTime() - start) / 1e9);
      waiting -= some.size();
      if (waiting > 0) {
        failed += FinishedParts.read(output, n -> n == part).counts().failed();
        stopIfTooManyFailed(options.maxFailures(), new MaxFailures.Counts(failed, all), waiting);
      }
    }
    output.deleteTemporaryFiles();
    FinishedParts finished = FinishedParts.read(output);
    output.delete(finished.leftovers());
    ArchiveSummary.write(output, finished, !options.maxFailures().isExceededBy(finished.counts()));
    return finished.counts();
  }

  /** Whatever becomes of the recordings that wait, the job is unsuccessful. */
  private static void stopIfTooManyFailed(
      MaxFailures limit, MaxFailures.Counts counts, int waiting) {
    if (limit.isExceededBy(counts)) {
      throw new UnsuccessfulException(
          "%s. %s recordings were not run; finished parts are kept, and --resume continues"
              .formatted(limit.sentence(counts), waiting));
    }
  }

  private ChangedInputs changedInputs() {
    return new ChangedInputs(
        inputs.remoteStamps(),
        "spans".equals(settings.values().get("--segment"))
            || settings.values().containsKey("--segments"));
  }

  private FinishedParts before(ArchiveOptions options) throws IOException {
    options.check();
    if (!options.resume || output.names().isEmpty()) {
      return FinishedParts.none();
    }
    try {
      settings.requireSameIn(output);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
    return FinishedParts.read(output);
  }

  private Set<String> again(ArchiveOptions options, FinishedParts parts) {
    if (options.renewStatistics) {
      return allAgain(parts);
    }
    return options.retryFailures ? retriable(parts) : Set.of();
  }

  /**
   * What this input names and has failed as a whole: recordings, and folders or links that could
   * not be read and have been since; and all recordings of parts that run again. Those of other
   * inputs keep their failures.
   */
  private Set<String> retriable(FinishedParts parts) {
    Set<String> retriable =
        parts.retriable().stream()
            .filter(inputs::knows)
            .collect(Collectors.toCollection(HashSet::new));
    reopened(parts).forEach(part -> retriable.addAll(parts.unsettled().get(part)));
    return retriable;
  }

  /**
   * Parts with failed segments of decoded recordings. Such a part runs again as a whole, if all of
   * its recordings are in this input: otherwise results of the others would be lost.
   */
  private Set<Integer> reopened(FinishedParts parts) {
    Set<String> ids = ids();
    return parts.unsettled().entrySet().stream()
        .filter(part -> ids.containsAll(part.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Set<String> ids() {
    return inputs.recordings().stream().map(Recording::id).collect(Collectors.toSet());
  }

  private List<List<Recording>> left(FinishedParts parts, Set<String> again) {
    Set<String> done = new HashSet<>(parts.done());
    done.removeAll(again);
    return WrongUsageException.ifRefused(
        () -> RecordingGroups.left(inputs.recordings(), done, normalization));
  }

  /** All rows of a folder rest on the same statistics, so no earlier row may stay. */
  private Set<String> allAgain(FinishedParts parts) {
    long missing = Sets.difference(parts.done(), ids()).stream().count();
    if (missing > 0) {
      throw new WrongUsageException(
          ("--renew-statistics annotates everything again, but %s recordings of '%s' are not in"
                  + " --input: name the whole archive, or choose another output folder")
              .formatted(missing, output));
    }
    return parts.done();
  }

  private void prepare(ArchiveOptions options, FinishedParts parts, Set<String> again)
      throws IOException {
    if (options.resume) {
      output.delete(List.of(ArchiveSummary.FILE));
      output.delete(parts.leftovers());
      if (options.retryFailures && !reopened(parts).isEmpty()) {
        FinishedParts.reopen(output, reopened(parts));
        output.delete(FinishedParts.read(output).leftovers());
      }
      if (options.renewStatistics) {
        FinishedParts.reopen(output, parts.summaries().keySet());
        output.delete(FinishedParts.read(output).leftovers());
        output.delete(List.of(ArchiveStatisticsFile.FILE));
      }
      output.deleteTemporaryFiles();
      FinishedParts.forgetFailures(output, again);
    } else {
      if (options.overwrite && output.isLocal() && inputs.liesIn(Path.of(output.uri()))) {
        throw new WrongUsageException(
            "The output folder '" + output + "' holds the input, which --overwrite would delete");
      }
      EmptyFolder.prepare(output, options.overwrite);
    }
    settings.write(output);
  }
}
