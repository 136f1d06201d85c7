package io.gemoclap.training.report;

import io.gemoclap.html.SelfContainedPage;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code report.html}: one file that needs nothing else. */
final class HtmlReport {
  private HtmlReport() {}

  /** What the template is filled with; {@code *Script}, styles and data stand there as they are. */
  record Page(
      PageView view,
      String styles,
      String data,
      String chartScript,
      String script,
      String policy) {}

  static String render(Report report, List<EpochRow> curves) throws IOException {
    String charts = SelfContainedPage.charts();
    String script = SelfContainedPage.resource(HtmlReport.class, "report.js");
    Page page =
        new Page(
            PageView.of(report, new AudioClips()),
            SelfContainedPage.styles(),
            SelfContainedPage.json(data(report, curves)),
            charts,
            script,
            SelfContainedPage.policy(charts, script));
    return SelfContainedPage.fill(HtmlReport.class, "report.mustache", page);
  }

  /** What the charts draw. */
  private static Map<String, Object> data(Report report, List<EpochRow> curves) {
    return Map.of(
        "curves", LearningCurves.byFold(curves),
        "folds", report.folds(),
        "speakers", PageView.worst(report.speakers()),
        "genders", report.genders(),
        "calibration", report.calibration(),
        "risk", report.riskCoverage(),
        "reliability",
            report.run().evaluated() == null ? "temperature 1" : "the bundle's temperature");
  }
}
