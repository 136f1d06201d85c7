package io.gemoclap.training.report;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether predictions fit their run's labels and each other. */
final class RowChecks {
  private RowChecks() {}

  private record Key(String id, SelectedEpoch checkpoint, String prompts) {}

  /**
   * Checks every row.
   *
   * @throws IllegalArgumentException for the first that does not fit
   */
  static void check(RunInfo info, List<PredictionRow> rows) {
    require(!info.labels().isEmpty(), "run.json has no labels");
    require(!rows.isEmpty(), "predictions.jsonl has no predictions");
    Set<Key> seen = new HashSet<>();
    Map<String, String> emotions = new HashMap<>();
    for (PredictionRow row : rows) {
      String name = "Prediction '" + row.id() + "'";
      require(row.id() != null && row.speaker() != null && row.fold() != null, name + lacks());
      require(row.checkpoint() != null && row.prompts() != null, name + lacks());
      require(
          info.labels().contains(row.emotion()),
          name + " has the emotion '" + row.emotion() + "', which is not a label of the run");
      require(finite(row.logits(), info.labels().size()), name + " lacks a logit for each label");
      require(
          row.genderLogits() == null || finite(row.genderLogits(), 2),
          name + " lacks a logit for each gender");
      require(
          seen.add(new Key(row.id(), row.checkpoint(), row.prompts())),
          name + " occurs twice for one checkpoint and kind of prompts");
      String before = emotions.putIfAbsent(row.id(), row.emotion());
      require(before == null || before.equals(row.emotion()), name + " has two different emotions");
    }
    requireTheSameUtterances(rows, emotions.size());
  }

  /** A choice of checkpoints that judged only some folds must not look like a whole result. */
  private static void requireTheSameUtterances(List<PredictionRow> rows, int utterances) {
    rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.checkpoint() + " and '" + row.prompts() + "'", Collectors.counting()))
        .forEach(
            (part, count) ->
                require(
                    count == utterances,
                    "Only %s of %s utterances have predictions for %s"
                        .formatted(count, utterances, part)));
  }

  private static String lacks() {
    return " lacks one of id, speaker, fold, checkpoint and prompts";
  }

  private static boolean finite(double[] logits, int size) {
    return logits != null
        && logits.length == size
        && Arrays.stream(logits).allMatch(Double::isFinite);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
