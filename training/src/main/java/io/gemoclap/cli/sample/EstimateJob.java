package io.gemoclap.cli.sample;

import io.gemoclap.cli.archive.FinishedResults;
import io.gemoclap.cli.archive.JsonLinesFile;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.corrections.Meanings;
import io.gemoclap.read.ResultFiles;
import io.gemoclap.sample.Part;
import io.gemoclap.sample.SampledSegment;
import io.gemoclap.sample.estimate.Estimates;
import io.gemoclap.training.transfer.Synonyms;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Estimates from the answers about a sample.
 *
 * @param results what the sample was drawn from
 * @param sample file with the sample
 * @param synonyms words of the same meaning
 */
record EstimateJob(FinishedResults results, Path sample, Synonyms synonyms) {
  private static final int SHOWN = 10;

  /**
   * Estimates.
   *
   * @param files with people's answers
   * @param out takes a sentence for what is not used
   */
  Estimates estimate(List<Path> files, PrintStream out) throws IOException {
    List<SampledSegment> rows = SampleFile.read(sample, results);
    if (files.isEmpty()) {
      throw new WrongUsageException(
          "There is no file of corrections in '%s': correct the segments with 'gemoclap review', or name files with --corrections"
              .formatted(results.folder()));
    }
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new WrongUsageException(
            "There is no file of corrections '%s': make one with 'gemoclap review %s', or name it with --corrections"
                .formatted(file, results.folder()));
      }
    }
    Meanings meanings = new Meanings(labels(rows), synonyms::meaning);
    Corrections corrections = Corrections.read(files, meanings::of);
    corrections.skipped().forEach(out::println);
    tellOthers(rows, corrections, out);
    try {
      return Estimates.of(rows, corrections, meanings);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(
          "'%s' and the answers give no estimate: %s. Answer more of the random segments with 'gemoclap review %s', or draw another sample"
              .formatted(sample, e.getMessage(), results.folder()),
          e);
    }
  }

  /** The model's labels: also those that no segment of the sample is shown with. */
  private Set<String> labels(List<SampledSegment> rows) throws IOException {
    Set<String> labels = new HashSet<>();
    rows.forEach(row -> labels.add(row.emotion()));
    for (String name : ResultFiles.of(results.folder(), "recordings")) {
      JsonLinesFile.forEach(
          results.folder(),
          name,
          row -> row.path("scores").fieldNames().forEachRemaining(labels::add));
    }
    return labels;
  }

  private void tellOthers(List<SampledSegment> rows, Corrections corrections, PrintStream out) {
    Set<String> random = new HashSet<>();
    Set<String> chosen = new HashSet<>();
    for (SampledSegment row : rows) {
      (row.part() == Part.RANDOM ? random : chosen).add(row.segmentId());
    }
    List<String> others =
        corrections.segments().stream()
            .filter(id -> !random.contains(id) && !chosen.contains(id))
            .toList();
    String listed =
        String.join(", ", others.subList(0, Math.min(SHOWN, others.size())))
            + (others.size() > SHOWN ? ", …" : "");
    if (corrections.segments().size() == others.size()) {
      throw new WrongUsageException(
          "No answer is about a segment of '%s'%s"
              .formatted(
                  sample,
                  others.isEmpty() ? ": there are no answers" : ", but about others: " + listed));
    }
    long biased = corrections.segments().stream().filter(chosen::contains).count();
    if (biased > 0) {
      out.println(
          biased
              + " answers are about uncertain or diverse segments. They do not count here, because"
              + " these were not chosen at random.");
    }
    if (!others.isEmpty()) {
      out.println(
          others.size() + " answers are about segments outside of the sample: " + listed + ".");
    }
  }
}
