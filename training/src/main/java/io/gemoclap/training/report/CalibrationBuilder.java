package io.gemoclap.training.report;

import io.gemoclap.training.evaluate.Bootstrap;
import io.gemoclap.training.evaluate.Bootstrap.Spread;
import io.gemoclap.training.evaluate.Calibration;
import io.gemoclap.training.evaluate.Calibration.Item;
import io.gemoclap.training.evaluate.Confidences;
import io.gemoclap.training.evaluate.Reliability;
import io.gemoclap.training.report.Report.CalibrationFigures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Works out how honest probabilities are. No item is judged by a temperature that saw it. */
final class CalibrationBuilder {
  private final Judgements judgements;
  private final Bootstrap bootstrap;

  CalibrationBuilder(Judgements judgements, Bootstrap bootstrap) {
    this.judgements = judgements;
    this.bootstrap = bootstrap;
  }

  CalibrationFigures build() {
    Map<String, List<Item>> folds = new HashMap<>();
    judgements
        .by(PredictionRow::fold)
        .forEach((fold, part) -> folds.put(fold, part.rows().stream().map(part::item).toList()));
    Map<String, Double> temperatures = Calibration.leavingOneOut(folds);
    Confidences before = confidences(row -> 1);
    Confidences after =
        temperatures.isEmpty() ? null : confidences(row -> temperatures.get(row.fold()));
    Reliability uncalibrated = before.reliability();
    Reliability calibrated = after == null ? null : after.reliability();
    Confidences shown = after == null ? before : after;
    List<Spread> byUtterance = bootstrap.spreads(judgements.byUtterance(), shown::scores);
    Optional<List<Spread>> bySpeaker =
        judgements.bySpeaker().map(speakers -> bootstrap.spreads(speakers, shown::scores));
    return new CalibrationFigures(
        judgements.checkpoint() == SelectedEpoch.BUNDLE
            ? null
            : Calibration.temperature(judgements.rows().stream().map(judgements::item).toList()),
        temperatures,
        uncalibrated.expectedError(),
        calibrated == null ? null : calibrated.expectedError(),
        uncalibrated.meanConfidence(),
        calibrated == null ? null : calibrated.meanConfidence(),
        byUtterance.get(0).interval(),
        bySpeaker.map(spreads -> spreads.get(0).interval()).orElse(null),
        byUtterance.get(1).interval(),
        bySpeaker.map(spreads -> spreads.get(1).interval()).orElse(null),
        uncalibrated.bins(),
        calibrated == null ? List.of() : calibrated.bins());
  }

  private Confidences confidences(ToDoubleFunction<PredictionRow> temperature) {
    return Confidences.of(
        judgements.rows().stream().map(judgements::item).toList(),
        judgements.rows().stream().mapToDouble(temperature).toArray());
  }
}
