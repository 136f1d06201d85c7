package io.gemoclap.training.report;

import static io.gemoclap.training.report.PredictionRows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What needs no browser; ReportHtmlIT looks at the page in one. */
final class HtmlReportTest {

  private static String html(FinishedRun run) throws IOException {
    return HtmlReport.render(Report.of(run), run.curves());
  }

  @Test
  void namesNoFileBesideItself() throws IOException {
    String html = html(PredictionRows.run(row("u", "s", "calm", 1, 0)));
    assertFalse(html.contains("<link rel=\"stylesheet\""));
    assertFalse(html.contains("<script src"));
    assertFalse(html.contains("sourceMappingURL"));
    assertTrue(html.contains("default-src &#39;none&#39;"));
    assertTrue(html.contains("Released under the MIT License"), "the notice of Chart.js");
  }

  @Test
  void degradedRecordingsHaveASectionThatMarksWhatMissesItsGoal() throws IOException {
    FinishedRun plain = PredictionRows.run(row("u", "s", "calm", 1, 0));
    assertFalse(html(plain).contains("Degraded recordings"));
    FinishedRun judged =
        new FinishedRun(
            plain.info(),
            plain.predictions(),
            List.of(),
            List.of(
                new ConsistencyRow("room-mild", "mild", false, false, 8, 0.875, 0.5),
                new ConsistencyRow("room-mild", "mild", true, false, 8, 0.9, 0.5),
                new ConsistencyRow("room-harsh", "harsh", false, false, 8, 0.875, 0.5)),
            null);
    String html = html(judged);
    assertTrue(html.contains("<span class=\"badge\">87.5 %</span></td>"), html);
    assertEquals(2, html.split("87.5 %", -1).length - 1);
    assertEquals(2, html.split("class=\"badge\">8", -1).length);
    assertTrue(html.contains("archive known"));
    assertTrue(html.contains("<td class=\"n\">–</td>"), "room-harsh with an archive");
  }

  @Test
  void dataCannotEndItsScript() throws IOException {
    String hostile = "</script><script>alert(1)</script>";
    EpochRow epoch = new EpochRow(hostile, 1, 0.5, null, null, null, null, null, null);
    FinishedRun run =
        new FinishedRun(
            PredictionRows.info("calm", "angry"),
            List.of(row(hostile, hostile, "calm", 1, 0)),
            List.of(epoch));
    String html = html(run);
    assertFalse(html.contains("<script>alert"));
    assertEquals(3, html.split("</script>", -1).length - 1, "data, Chart.js and our own");
  }

  @Test
  void marksAHeadlineThatWasChosenOnTheTestPart() throws IOException {
    String honest = html(PredictionRows.run(row("u", "s", "calm", 1, 0)));
    String marked =
        html(PredictionRows.run(row(SelectedEpoch.TEST, "emotion", "u", "s", "calm", 1, 0)));
    String sentence = "checkpoint was chosen on its own test part";
    assertFalse(honest.contains(sentence));
    assertTrue(marked.contains(sentence));
  }
}
