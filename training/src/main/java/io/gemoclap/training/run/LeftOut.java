package io.gemoclap.training.run;

import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Decides which utterances a run leaves out: those without features when its first fold begins.
 * What is left out decides the numbers, so it stays the same from then on, even if the cause of a
 * failure has been removed meanwhile.
 */
final class LeftOut {
  private LeftOut() {}

  /**
   * The ids of the utterances that are neither trained nor tested on.
   *
   * @param usable ids of those that have features
   * @throws IOException when no utterance has features, or when one that training began with has
   *     none any more
   */
  static List<String> decide(
      RunFolder run, Set<String> usable, List<Utterance> utterances, Consumer<String> log)
      throws IOException {
    if (usable.isEmpty()) {
      throw new IOException(
          "None of the %s utterances has features; see '%s'. Remove the cause, then use --resume"
              .formatted(utterances.size(), run.root().resolve("failures.jsonl")));
    }
    List<String> now =
        utterances.stream().map(Utterance::id).filter(id -> !usable.contains(id)).toList();
    if (!begun(run)) {
      return now;
    }
    List<String> before = run.job().leftOut();
    List<String> lost = new ArrayList<>(now);
    lost.removeAll(before);
    if (!lost.isEmpty()) {
      throw new IOException(
          ("Training started with %s utterances that have no features now, such as %s; see '%s'."
                  + " Remove the cause, then use --resume; or start over with --overwrite")
              .formatted(lost.size(), lost.get(0), run.root().resolve("failures.jsonl")));
    }
    long back = before.stream().filter(usable::contains).count();
    if (back > 0) {
      log.accept(
          back
              + " utterances have features now that they lacked when training started; they stay"
              + " omitted until the run is started over with --overwrite");
    }
    return before;
  }

  /** Whether any fold has been trained for a step that is kept. */
  private static boolean begun(RunFolder run) throws IOException {
    if (!Files.exists(run.jobFile()) || !Files.isDirectory(run.folds())) {
      return false;
    }
    try (Stream<Path> folds = Files.list(run.folds())) {
      return folds.anyMatch(
          fold -> FoldWorker.isDone(fold) || Files.isDirectory(fold.resolve("checkpoint")));
    }
  }
}
