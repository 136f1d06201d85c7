package io.gemoclap.training.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Everything that a run folder says to people: {@code report.json}, {@code report.html}, events.
 */
public final class ReportFiles {
  private ReportFiles() {}

  /**
   * Works the report out and writes it, {@code report.html} and {@code events/<fold>/} into the
   * run's folder, over what stood there.
   *
   * @return the report that was written
   */
  public static Report write(FinishedRun run, Path folder) throws IOException {
    Report report = Report.of(run);
    Files.writeString(
        folder.resolve("report.json"), FinishedRun.PRETTY.writeValueAsString(report) + "\n");
    Files.writeString(folder.resolve("report.html"), HtmlReport.render(report, run.curves()));
    Events.write(run, folder.resolve("events"));
    return report;
  }
}
