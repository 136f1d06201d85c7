package io.gemoclap.training.report;

import io.gemoclap.training.evaluate.Calibration;
import io.gemoclap.training.evaluate.Calibration.Item;
import io.gemoclap.training.evaluate.Reliability;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calibrates the judgements of a run without judging any item by a temperature that saw it. */
final class CalibrationOfFolds {
  private CalibrationOfFolds() {}

  static CalibrationFigures of(Judgements judgements) {
    Map<String, List<Item>> folds = new TreeMap<>();
    judgements
        .by(PredictionRow::fold)
        .forEach((fold, part) -> folds.put(fold, part.rows().stream().map(part::item).toList()));
    List<Item> pooled = folds.values().stream().flatMap(List::stream).toList();
    Map<String, Double> temperatures = Calibration.leavingOneOut(folds);
    Reliability before = new Reliability();
    pooled.forEach(item -> before.add(item, 1));
    Reliability after = new Reliability();
    temperatures.forEach(
        (fold, temperature) -> folds.get(fold).forEach(item -> after.add(item, temperature)));
    return new CalibrationFigures(
        Calibration.temperature(pooled),
        temperatures,
        before.expectedError(),
        temperatures.isEmpty() ? null : after.expectedError(),
        before.bins(),
        after.bins());
  }
}
