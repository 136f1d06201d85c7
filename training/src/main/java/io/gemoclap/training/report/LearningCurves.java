package io.gemoclap.training.report;

import io.gemoclap.training.report.Report.LearningFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Epochs by fold, and their results. */
final class LearningCurves {
  private LearningCurves() {}

  /** The epochs of each fold in their order, folds by name. */
  static Map<String, List<EpochRow>> byFold(List<EpochRow> rows) {
    return rows.stream()
        .sorted(Comparator.comparingInt(EpochRow::epoch))
        .collect(Collectors.groupingBy(EpochRow::fold, TreeMap::new, Collectors.toList()));
  }

  static List<LearningFigures> figures(List<EpochRow> rows) {
    List<LearningFigures> figures = new ArrayList<>();
    byFold(rows).forEach((fold, epochs) -> figures.add(figures(fold, epochs)));
    return figures;
  }

  private static LearningFigures figures(String fold, List<EpochRow> epochs) {
    EpochRow dev = best(epochs, EpochRow::devUar);
    EpochRow test = best(epochs, EpochRow::testUar);
    return new LearningFigures(
        fold,
        epochs.size(),
        epochs.get(epochs.size() - 1).loss(),
        dev == null ? null : dev.devUar(),
        dev == null ? null : dev.epoch(),
        test == null ? null : test.testUar(),
        test == null ? null : test.epoch());
  }

  /** The first epoch with the greatest value; null when none has one. */
  private static EpochRow best(List<EpochRow> epochs, Function<EpochRow, Double> value) {
    return epochs.stream()
        .filter(epoch -> Objects.nonNull(value.apply(epoch)))
        .reduce((best, next) -> value.apply(next) > value.apply(best) ? next : best)
        .orElse(null);
  }
}
