package io.gemoclap.training.run;

import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.degrade.Degradation;
import io.gemoclap.training.degrade.Severity;
import io.gemoclap.training.evaluate.ConfusionMatrix;
import io.gemoclap.training.report.ConsistencyRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often the label of a test utterance stays the same when its recording is degraded, pooled
 * over the folds. The clean and the degraded utterance are compared at the same level of
 * normalisation.
 */
final class Consistency {
  private final List<String> labels;

  /** The label of each clean utterance, by level and id. */
  private final Map<Level, Map<String, Integer>> clean = new HashMap<>();

  private final Map<Condition, Counts> conditions = new LinkedHashMap<>();

  Consistency(List<String> labels) {
    this.labels = labels;
  }

  private record Level(boolean archive, int known) {
    static Level of(ConditionRow row) {
      return new Level(row.archive(), row.known());
    }
  }

  private record Condition(String perturbation, Level level) {}

  /** Counts of one condition. */
  private static final class Counts {
    private final ConfusionMatrix confusion;
    private int utterances;
    private int unchanged;

    Counts(List<String> labels) {
      confusion = ConfusionMatrix.of(labels);
    }
  }

  /**
   * The table of a run, without rows if no degraded utterance was judged.
   *
   * @param folds how many there are; those without a result are passed over
   */
  static List<ConsistencyRow> of(RunFolder run, int folds, List<String> labels) throws IOException {
    Consistency consistency = new Consistency(labels);
    for (int i = 1; i <= folds; i++) {
      consistency.add(
          JsonLines.rows(
              run.part(Integer.toString(i)).resolve(ConditionRow.FILE), ConditionRow.class));
    }
    return consistency.rows();
  }

  /** Adds the rows of a fold: those of clean utterances come first. */
  void add(List<ConditionRow> fold) {
    for (ConditionRow row : fold) {
      int label = ZeroShotClassifier.top(row.logits());
      if (row.perturbation().equals(ConditionRow.CLEAN)) {
        clean.computeIfAbsent(Level.of(row), level -> new HashMap<>()).put(row.utterance(), label);
        continue;
      }
      Integer before = clean.getOrDefault(Level.of(row), Map.of()).get(row.utterance());
      if (before != null) {
        Counts counts =
            conditions.computeIfAbsent(
                new Condition(row.perturbation(), Level.of(row)), key -> new Counts(labels));
        counts.utterances++;
        counts.unchanged += label == before ? 1 : 0;
        counts.confusion.add(labels.indexOf(row.emotion()), label);
      }
    }
  }

  List<ConsistencyRow> rows() {
    List<ConsistencyRow> rows = new ArrayList<>();
    conditions.forEach(
        (condition, counts) ->
            rows.add(
                new ConsistencyRow(
                    condition.perturbation(),
                    severity(condition.perturbation()),
                    condition.level().archive(),
                    condition.level().known() == ConditionRow.ALL,
                    counts.utterances,
                    (double) counts.unchanged / counts.utterances,
                    counts.confusion.scores().uar())));
    return rows;
  }

  private static String severity(String perturbation) {
    Severity severity =
        Degradation.valueOf(perturbation.toUpperCase(Locale.ROOT).replace('-', '_')).severity();
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
