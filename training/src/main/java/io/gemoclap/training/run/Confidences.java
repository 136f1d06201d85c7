package io.gemoclap.training.run;

import io.gemoclap.model.ConfidenceSpec;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.evaluate.Calibration.Item;
import io.gemoclap.training.evaluate.ConfidenceFit;
import io.gemoclap.training.evaluate.ConfidenceFit.Sample;
import io.gemoclap.training.evaluate.Reliability;
import io.gemoclap.training.evaluate.RiskCoverage;
import io.gemoclap.training.evaluate.RiskCoverage.Judged;
import io.gemoclap.training.report.ConfidenceFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fits confidence on what the folds say under all conditions: the exponent of the distance on all
 * of them, and then the temperature on their harshest third, those with the least accuracy. Speech
 * of other corpora resembles these more than the clean test parts: confidence is then honest under
 * hard conditions, and too low rather than too high under easy ones.
 */
final class Confidences {
  private final List<String> labels;

  /** By a condition's name. */
  private final Map<Condition, List<Row>> conditions = new LinkedHashMap<>();

  private record Condition(String perturbation, boolean archive, int known) {}

  private record Row(ConditionRow of, Sample sample) {
    boolean right() {
      return ZeroShotClassifier.top(of.logits()) == sample.item().truth();
    }
  }

  private Confidences(List<String> labels) {
    this.labels = labels;
  }

  /** Reads what the folds left; null where no fold left anything. */
  static ConfidenceFigures of(RunFolder run, int folds, List<String> labels) throws IOException {
    List<ConditionRow> rows = new ArrayList<>();
    for (int i = 1; i <= folds; i++) {
      rows.addAll(
          JsonLines.rows(
              run.part(Integer.toString(i)).resolve(ConditionRow.FILE), ConditionRow.class));
    }
    return rows.isEmpty() ? null : of(rows, labels);
  }

  /** Fits confidence on rows, at least one. */
  static ConfidenceFigures of(List<ConditionRow> rows, List<String> labels) {
    Confidences all = new Confidences(labels);
    rows.forEach(all::add);
    return all.figures();
  }

  private void add(ConditionRow row) {
    Double distance = row.outOfDomain();
    conditions
        .computeIfAbsent(
            new Condition(row.perturbation(), row.archive(), row.known()),
            condition -> new ArrayList<>())
        .add(
            new Row(
                row,
                new Sample(
                    new Item(row.logits(), labels.indexOf(row.emotion())),
                    distance == null ? 0 : ConfidenceSpec.logDistance(distance))));
  }

  private ConfidenceFigures figures() {
    Set<String> folds = new HashSet<>();
    conditions.values().forEach(rows -> rows.forEach(row -> folds.add(row.of.fold())));
    ConfidenceFit fit = fit(null);
    Map<String, ConfidenceFit> unseen = new LinkedHashMap<>();
    folds.forEach(fold -> unseen.put(fold, folds.size() > 1 ? fit(fold) : fit));
    Map<Condition, List<Judged>> judged = new LinkedHashMap<>();
    Map<Condition, Reliability> reliabilities = new LinkedHashMap<>();
    Reliability pooled = new Reliability();
    conditions.forEach(
        (condition, rows) -> {
          List<Judged> own = new ArrayList<>();
          Reliability reliability = new Reliability();
          for (Row row : rows) {
            double[] p = unseen.get(row.of.fold()).probabilities(row.sample);
            double confidence = p[ZeroShotClassifier.top(p)];
            own.add(new Judged(confidence, row.right()));
            reliability.add(confidence, row.right());
            pooled.add(confidence, row.right());
          }
          judged.put(condition, own);
          reliabilities.put(condition, reliability);
        });
    List<Judged> all = judged.values().stream().flatMap(List::stream).toList();
    double abstainBelow = RiskCoverage.mostlyRightFrom(all);
    List<ConfidenceFigures.Condition> figures = new ArrayList<>();
    judged.forEach(
        (condition, own) ->
            figures.add(figures(condition, own, reliabilities.get(condition), abstainBelow)));
    return new ConfidenceFigures(
        fit.temperature(),
        fit.exponent(),
        abstainBelow,
        accuracy(all),
        pooled.meanConfidence(),
        pooled.expectedError(),
        figures,
        RiskCoverage.of(all));
  }

  private ConfidenceFigures.Condition figures(
      Condition condition, List<Judged> own, Reliability reliability, double abstainBelow) {
    List<Judged> shown = own.stream().filter(each -> each.confidence() >= abstainBelow).toList();
    double[] distances =
        conditions.get(condition).stream()
            .filter(row -> row.of.outOfDomain() != null)
            .mapToDouble(row -> row.of.outOfDomain())
            .sorted()
            .toArray();
    return new ConfidenceFigures.Condition(
        condition.perturbation(),
        condition.archive(),
        ConditionRow.known(condition.known()),
        own.size(),
        accuracy(own),
        reliability.meanConfidence(),
        reliability.expectedError(),
        (double) shown.size() / own.size(),
        shown.isEmpty() ? null : accuracy(shown),
        distances.length == 0 ? null : distances[distances.length / 2]);
  }

  /** Fits on all folds but one; null to use all. */
  private ConfidenceFit fit(String leftOut) {
    Map<Condition, List<Row>> others = new LinkedHashMap<>();
    conditions.forEach(
        (condition, rows) -> {
          List<Row> own = rows.stream().filter(row -> !row.of.fold().equals(leftOut)).toList();
          if (!own.isEmpty()) {
            others.put(condition, own);
          }
        });
    List<List<Row>> harshest =
        others.values().stream()
            .sorted(
                Comparator.comparingDouble(
                    rows -> rows.stream().mapToInt(row -> row.right() ? 1 : 0).average().orElse(0)))
            .limit((others.size() + 2) / 3)
            .toList();
    double exponent = ConfidenceFit.of(samples(others.values())).exponent();
    return ConfidenceFit.withExponent(exponent, samples(harshest));
  }

  private static List<Sample> samples(Collection<List<Row>> conditions) {
    return conditions.stream().flatMap(List::stream).map(Row::sample).toList();
  }

  private static double accuracy(List<Judged> judged) {
    return judged.stream().mapToInt(each -> each.right() ? 1 : 0).average().orElse(Double.NaN);
  }
}
