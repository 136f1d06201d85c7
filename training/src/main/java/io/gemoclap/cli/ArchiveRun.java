package io.gemoclap.cli;

import io.gemoclap.audio.Recording;
import io.gemoclap.cli.archive.ArchiveSummary;
import io.gemoclap.cli.archive.FinishedParts;
import io.gemoclap.cli.archive.Forecast;
import io.gemoclap.cli.archive.JobSettings;
import io.gemoclap.cli.archive.PartSize;
import io.gemoclap.cli.archive.RecordingGroups;
import io.gemoclap.cli.archive.ResultFolder;
import io.gemoclap.features.Normalization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;

/**
 * Annotates what an output folder lacks, part by part, each a job of its own. A part counts once
 * its summary is written; what a killed job left of another is deleted and runs again.
 */
final class ArchiveRun {
  private final ResultFolder output;
  private final JobSettings settings;
  private final Inputs inputs;
  private final Normalization normalization;

  ArchiveRun(
      ResultFolder output, JobSettings settings, Inputs inputs, Normalization normalization) {
    this.output = output;
    this.settings = settings;
    this.inputs = inputs;
    this.normalization = normalization;
  }

  /** Makes the job of one part. */
  interface PartJob {
    Pipeline of(List<Recording> recordings, int part);
  }

  /** What {@link #run} would do; changes nothing. */
  Forecast forecast(ArchiveOptions options) throws IOException {
    FinishedParts parts = before(options);
    if (!options.resume && !options.overwrite) {
      requireEmpty();
    }
    Set<String> again = again(options, parts);
    int left = left(parts, again).stream().mapToInt(List::size).sum();
    return new Forecast(
        inputs.recordings().size(), left, again.size(), retriable(parts).size(), parts);
  }

  /**
   * Runs all that is left, then sums up.
   *
   * @throws WrongUsageException when the folder holds something that must not be touched, or was
   *     begun with other settings
   */
  void run(ArchiveOptions options, PartJob job) throws IOException {
    FinishedParts parts = before(options);
    Set<String> again = again(options, parts);
    List<List<Recording>> left = left(parts, again);
    prepare(options, parts, again);
    PartSize size = options.partSize();
    Progress progress = new Progress(System.err, left.stream().mapToInt(List::size).sum());
    int number = parts.next();
    int from = 0;
    while (from < left.size()) {
      List<Recording> some = new ArrayList<>();
      while (from < left.size() && some.size() < size.next()) {
        some.addAll(left.get(from++));
      }
      long start = System.nanoTime();
      Runs.run(job.of(some, number++), progress);
      size.took(some.size(), (System.nanoTime() - start) / 1e9);
    }
    output.deleteTemporaryFiles();
    FinishedParts finished = FinishedParts.read(output);
    output.delete(finished.leftovers());
    ArchiveSummary.write(output, finished);
  }

  private FinishedParts before(ArchiveOptions options) throws IOException {
    options.check();
    if (!options.resume || output.names().isEmpty()) {
      return new FinishedParts(Map.of(), Set.of(), Set.of(), List.of());
    }
    try {
      settings.requireSameIn(output);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
    return FinishedParts.read(output);
  }

  private Set<String> again(ArchiveOptions options, FinishedParts parts) {
    return options.retryFailures ? retriable(parts) : Set.of();
  }

  /**
   * What this input names and has failed as a whole: recordings, and folders or links that could
   * not be read and have been since. Those of other inputs keep their failures.
   */
  private Set<String> retriable(FinishedParts parts) {
    return parts.retriable().stream().filter(inputs::knows).collect(Collectors.toSet());
  }

  private List<List<Recording>> left(FinishedParts parts, Set<String> again) {
    Set<String> done = new HashSet<>(parts.done());
    done.removeAll(again);
    try {
      return RecordingGroups.left(inputs.recordings(), done, normalization);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }

  private void prepare(ArchiveOptions options, FinishedParts parts, Set<String> again)
      throws IOException {
    if (options.resume) {
      output.delete(List.of(ArchiveSummary.FILE));
      output.delete(parts.leftovers());
      output.deleteTemporaryFiles();
      FinishedParts.forgetFailures(output, again);
    } else if (output.isLocal()) {
      Path folder = Path.of(output.toString());
      if (options.overwrite && inputs.liesIn(folder)) {
        throw new WrongUsageException(
            "The output folder '" + output + "' holds the input, which --overwrite would delete");
      }
      OutputFolder.prepare(folder, options.overwrite);
    } else if (options.overwrite) {
      output.deleteTemporaryFiles();
      output.delete(output.names());
    } else {
      requireEmpty();
    }
    settings.write(output);
  }

  private void requireEmpty() throws IOException {
    if (!output.names().isEmpty()) {
      throw new WrongUsageException(
          "The output folder '" + output + "' is not empty; choose another or add --overwrite");
    }
  }
}
