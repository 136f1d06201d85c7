package io.gemoclap.training.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.mustachejava.DefaultMustacheFactory;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * {@code report.html}: one file that needs nothing else. Its content security policy forbids every
 * request and every script but the two that are rendered into it, so that nothing that comes from
 * data can act.
 */
final class HtmlReport {
  private static final String CHARTS = "org.webjars.npm/chart.js";

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
    String charts = charts();
    String script = resource("report.js");
    String policy =
        "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; script-src "
            + hash(charts)
            + " "
            + hash(script);
    Page page =
        new Page(
            PageView.of(report, new AudioClips()),
            resource("report.css"),
            data(report, curves),
            charts,
            script,
            policy);
    return fill("report.mustache", page);
  }

  /** Fills a template of this package; text of the page becomes no markup. */
  static String fill(String template, Object page) throws IOException {
    StringWriter html = new StringWriter();
    new DefaultMustacheFactory()
        .compile(new StringReader(resource(template)), template)
        .execute(html, page);
    return html.toString();
  }

  /** What the charts draw, as JSON that no browser can take for markup. */
  private static String data(Report report, List<EpochRow> curves) throws JsonProcessingException {
    Map<String, Object> data =
        Map.of(
            "curves", LearningCurves.byFold(curves),
            "folds", report.folds(),
            "speakers", PageView.worst(report.speakers()),
            "genders", report.genders(),
            "calibration", report.calibration(),
            "risk", report.riskCoverage(),
            "reliability",
                report.run().evaluated() == null ? "temperature 1" : "the bundle's temperature");
    return new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
  }

  /** A text of this package. */
  static String resource(String name) throws IOException {
    return Resources.toString(
        Resources.getResource(HtmlReport.class, name), StandardCharsets.UTF_8);
  }

  /** Chart.js as its WebJar holds it, under a folder named by its version. */
  private static String charts() throws IOException {
    Properties artifact = new Properties();
    try (var in =
        Resources.getResource("META-INF/maven/" + CHARTS + "/pom.properties").openStream()) {
      artifact.load(in);
    }
    String version = artifact.getProperty("version");
    String script =
        Resources.toString(
            Resources.getResource(
                "META-INF/resources/webjars/chart.js/" + version + "/dist/chart.umd.js"),
            StandardCharsets.UTF_8);
    return script.replaceFirst("\\s*//# sourceMappingURL=\\S*\\s*$", "\n");
  }

  private static String hash(String script) {
    byte[] digest = Hashing.sha256().hashString(script, StandardCharsets.UTF_8).asBytes();
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }
}
