package io.gemoclap.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.PredictionRow;
import io.gemoclap.training.report.Report;
import io.gemoclap.training.report.RunInfo;
import io.gemoclap.training.report.SelectedEpoch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code train} prints at its end. */
final class RunTableTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoresTheLocale() {
    Locale.setDefault(before);
  }

  private static PredictionRow row(String id, String fold, String emotion, double... logits) {
    return new PredictionRow(
        id,
        null,
        "s" + fold,
        null,
        "female",
        fold,
        SelectedEpoch.LAST,
        "emotion",
        emotion,
        logits,
        null);
  }

  private static String table() {
    List<PredictionRow> rows =
        new ArrayList<>(
            List.of(
                row("1", "first", "calm", 2, 0),
                row("2", "first", "angry", 2, 0),
                row("3", "second", "calm", 2, 0),
                row("4", "second", "angry", 0, 2)));
    RunInfo info =
        new RunInfo(
            "r",
            List.of(),
            "c",
            List.of("calm", "angry"),
            "SL",
            0.75,
            "emotion",
            "none",
            1,
            Map.of(),
            Map.of(),
            false,
            List.of(),
            "2026-05-04T10:00:00Z",
            1,
            null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RunTable.print(
        Report.of(new FinishedRun(info, rows, List.of())),
        new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void figuresArePrintedByLabelAndByFold() {
    String table = table();
    assertTrue(table.matches("(?s).*calm +2 +100\\.0 +66\\.7 +80\\.0\\n.*"), table);
    assertTrue(table.matches("(?s).*angry +2 +50\\.0 +100\\.0 +66\\.7\\n.*"), table);
    assertTrue(table.matches("(?s).*first +2 +50\\.0 +50\\.0  .*"), table);
    assertTrue(table.matches("(?s).*second +2 +100\\.0 +100\\.0  .*"), table);
    assertTrue(table.contains("WAR 75.0 %"), table);
    assertTrue(table.contains("last epoch, no checkpoint chosen"), table);
  }

  @Test
  void figuresAreTheSameInEveryLocale() {
    String here = table();
    Locale.setDefault(Locale.forLanguageTag("fa-u-nu-arabext"));
    assertEquals(here, table());
  }
}
