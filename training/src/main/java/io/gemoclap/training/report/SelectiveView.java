package io.gemoclap.training.report;

import io.gemoclap.training.evaluate.RiskCoverage;
import java.util.List;
import java.util.Locale;

/**
 * The risk–coverage curve, and confidence under all conditions, as the words and numbers of a page.
 *
 * @param aurc area under the curve
 * @param points rows of the curve's table
 * @param conditions null where they were not measured
 */
record SelectiveView(String aurc, List<Point> points, Conditions conditions) {
  /** Every fourth point of the curve: 20 %, 40 %, … 100 %. */
  private static final int EVERY = 4;

  /** A point of the curve. */
  record Point(String coverage, String risk, String confidence) {}

  /** All conditions. */
  record Conditions(
      String accuracy,
      String confidence,
      String ece,
      String aurc,
      String temperature,
      String exponent,
      String abstainBelow,
      List<Row> rows) {}

  /** A condition. */
  record Row(
      String perturbation,
      String level,
      String distance,
      String accuracy,
      String confidence,
      String ece,
      String shown,
      String shownAccuracy) {}

  static SelectiveView of(Report report) {
    List<RiskCoverage.Point> all = report.riskCoverage().points();
    List<Point> points =
        all.stream()
            .filter(point -> (all.indexOf(point) + 1) % EVERY == 0 || all.size() < EVERY)
            .map(
                point ->
                    new Point(
                        Percent.of(point.coverage()),
                        Percent.of(point.risk()),
                        Percent.of(point.confidence())))
            .toList();
    ConfidenceFigures figures = report.confidence();
    return new SelectiveView(
        number(report.riskCoverage().aurc()), points, figures == null ? null : of(figures));
  }

  private static Conditions of(ConfidenceFigures figures) {
    return new Conditions(
        Percent.of(figures.accuracy()),
        Percent.of(figures.confidence()),
        Percent.of(figures.ece()),
        number(figures.riskCoverage().aurc()),
        number(figures.temperature()),
        number(figures.distanceExponent()),
        number(figures.abstainBelow()),
        figures.conditions().stream().map(SelectiveView::row).toList());
  }

  private static Row row(ConfidenceFigures.Condition condition) {
    return new Row(
        condition.perturbation(),
        (condition.archive() ? "archive known, group: " : "group: ") + condition.known(),
        condition.distance() == null
            ? "–"
            : String.format(Locale.ROOT, "%.2f", condition.distance()),
        Percent.of(condition.accuracy()),
        Percent.of(condition.confidence()),
        Percent.of(condition.ece()),
        Percent.of(condition.shown()),
        Percent.of(condition.shownAccuracy()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
