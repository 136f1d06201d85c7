package io.gemoclap.cli.sample;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.cli.archive.FinishedResults;
import io.gemoclap.cli.archive.JsonLinesFile;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.read.ResultFiles;
import io.gemoclap.sample.Part;
import io.gemoclap.sample.SampledSegment;
import io.gemoclap.table.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a sample, and makes sure that it was drawn from the results as they are. */
final class SampleFile {
  private SampleFile() {}

  /**
   * Reads a sample.
   *
   * @throws WrongUsageException if there is no such file, rows of it are missing, or it was drawn
   *     from other results
   */
  static List<SampledSegment> read(Path file, FinishedResults results) throws IOException {
    if (!Files.exists(file)) {
      throw new WrongUsageException(
          "There is no sample '%s': draw one with 'gemoclap sample %s'"
              .formatted(file, results.folder()));
    }
    List<SampledSegment> rows = JsonLines.rows(file, SampledSegment.class);
    for (SampledSegment row : rows) {
      if (row.segmentId() == null || row.part() == null || row.stratum() == null) {
        throw new WrongUsageException(
            "'%s' is no sample: a row lacks segment_id, part or stratum. Draw one with 'gemoclap sample %s'"
                .formatted(file, results.folder()));
      }
    }
    requireWhole(rows, file);
    requireOf(rows, file, results);
    return rows;
  }

  private static void requireWhole(List<SampledSegment> rows, Path file) {
    Map<String, Integer> sampled = new TreeMap<>();
    Map<String, Integer> expected = new TreeMap<>();
    for (SampledSegment row : rows) {
      if (row.part() == Part.RANDOM) {
        sampled.merge(row.stratum(), 1, Integer::sum);
        expected.put(row.stratum(), row.stratumSample());
      }
    }
    expected.forEach(
        (stratum, n) -> {
          if (!n.equals(sampled.get(stratum))) {
            throw new WrongUsageException(
                "'%s' has %s random segments of the stratum '%s', but was written with %s: restore it, or draw another sample"
                    .formatted(file, sampled.get(stratum), stratum, n));
          }
        });
  }

  private static void requireOf(List<SampledSegment> rows, Path file, FinishedResults results)
      throws IOException {
    Set<String> recordings = new HashSet<>();
    Map<String, Long> strata = new TreeMap<>();
    for (SampledSegment row : rows) {
      requireSame("model", row.modelId(), results.modelId(), file, results);
      recordings.add(row.recording());
      if (row.part() == Part.RANDOM) {
        strata.put(row.stratum(), row.stratumSize());
      }
    }
    long segments = results.summary().path("segments").asLong();
    long drawn = strata.values().stream().mapToLong(Long::longValue).sum();
    Set<String> labelSets = new HashSet<>();
    for (String name : ResultFiles.of(results.folder(), "recordings")) {
      JsonLinesFile.forEach(
          results.folder(),
          name,
          (JsonNode row) -> {
            recordings.remove(row.path("recording").asText());
            labelSets.add(row.path("label_set").asText());
          });
    }
    if (!recordings.isEmpty()) {
      throw new WrongUsageException(
          "'%s' was drawn from other results: '%s' does not have the recording '%s'. Draw another sample"
              .formatted(file, results.folder(), recordings.iterator().next()));
    }
    for (SampledSegment row : rows) {
      if (!labelSets.contains(row.labelSet())) {
        labelSets.remove("");
        requireSame("label set", row.labelSet(), String.join(", ", labelSets), file, results);
      }
    }
    if (!strata.isEmpty() && drawn != segments) {
      throw new WrongUsageException(
          "'%s' was drawn from %s segments, but '%s' has %s now: draw another sample of all of them; answers are kept"
              .formatted(file, drawn, results.folder(), segments));
    }
  }

  private static void requireSame(
      String what, String sample, String now, Path file, FinishedResults results) {
    if (!now.equals(sample)) {
      throw new WrongUsageException(
          "'%s' was drawn from results of the %s %s, but '%s' has %s: draw another sample"
              .formatted(file, what, sample, results.folder(), now));
    }
  }
}
