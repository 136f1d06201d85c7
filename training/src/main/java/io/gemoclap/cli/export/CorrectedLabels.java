package io.gemoclap.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.cli.archive.FinishedResults;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.corrections.Answer;
import io.gemoclap.corrections.Consensus;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.training.transfer.Synonyms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels that people gave to segments of the results: what most of them say, in the words of
 * the results where these have a word of the same meaning.
 */
final class CorrectedLabels {
  private CorrectedLabels() {}

  /**
   * Reads and merges answers.
   *
   * @param files with corrections; none for all that lie in the results
   * @param synonyms words of the same meaning
   * @return label by the segment's id; "" for a segment that is not speech
   * @throws WrongUsageException if a file does not exist, or lies on another machine
   */
  static Map<String, String> of(FinishedResults results, List<Path> files, Synonyms synonyms)
      throws IOException {
    if (files.isEmpty() && !results.folder().isLocal()) {
      requireNoCorrections(results);
    }
    List<Path> given = files.isEmpty() ? results.corrections() : files;
    for (Path file : given) {
      if (!Files.isRegularFile(file)) {
        throw new WrongUsageException(
            "There is no file of corrections '%s': make one with 'gemoclap review %s'"
                .formatted(file, results.folder()));
      }
    }
    Corrections corrections = Corrections.read(given, synonyms::meaning);
    Map<String, String> words = new HashMap<>();
    JsonNode emotions = results.summary().path("emotions");
    emotions.fieldNames().forEachRemaining(word -> words.put(synonyms.meaning(word), word));
    Map<String, String> labels = new HashMap<>();
    for (String segment : corrections.segments()) {
      corrections.consensus(segment).ifPresent(c -> labels.put(segment, label(c, words)));
    }
    return labels;
  }

  private static void requireNoCorrections(FinishedResults results) throws IOException {
    for (String name : results.folder().names()) {
      if (Corrections.isFile(name)) {
        throw new WrongUsageException(
            ("The corrections '%s' in '%s' are not on this machine. Copy them here and name them with"
                    + " --corrections, or say --use-corrections=ignored")
                .formatted(name, results.folder()));
      }
    }
  }

  private static String label(Consensus consensus, Map<String, String> words) {
    return consensus.answer() == Answer.LABEL
        ? words.getOrDefault(consensus.label(), consensus.label())
        : "";
  }
}
