package io.gemoclap.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.Gemoclap;
import io.gemoclap.training.report.EpochRow;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.PredictionRow;
import io.gemoclap.training.report.RunInfo;
import io.gemoclap.training.report.SelectedEpoch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Status and words of {@code report} and {@code compare}. */
final class ReportCommandsTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeTwoRuns() throws IOException {
    write("a", 8, 4);
    write("b", 8, 1);
    write("short", 7, 1);
  }

  /** A run over some utterances, the first of which are wrong. */
  private void write(String id, int utterances, int wrong) throws IOException {
    RunInfo info =
        new RunInfo(
            id,
            List.of(),
            "corpus",
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
    List<PredictionRow> rows = new ArrayList<>();
    for (int i = 0; i < utterances; i++) {
      boolean calm = i % 2 == 0;
      boolean saysCalm = calm != i < wrong;
      rows.add(
          new PredictionRow(
              "u" + i,
              "/a/" + i,
              "s" + i % 3,
              null,
              "female",
              "f" + i % 3,
              SelectedEpoch.DEV,
              "emotion",
              calm ? "calm" : "angry",
              new double[] {saysCalm ? 1 : 0, 0.5},
              null));
    }
    EpochRow epoch = new EpochRow("f1", 1, 0.5, null, null, 0.5, null, null, null);
    new FinishedRun(info, rows, List.of(epoch)).write(Files.createDirectories(folder.resolve(id)));
  }

  private int gemoclap(String... arguments) {
    CommandLine command = Gemoclap.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private String path(String run) {
    return folder.resolve(run).toString();
  }

  @Test
  void reportWritesEveryFileAndSaysWhere() {
    assertEquals(0, gemoclap("report", path("a")), err.toString());
    assertTrue(out.toString().startsWith("WAR 50.0 %  UAR 50.0 %"), out.toString());
    assertTrue(out.toString().contains(path("a") + "/report.html"), out.toString());
    for (String file : List.of("report.json", "report.html", "events/f1")) {
      assertTrue(Files.exists(folder.resolve("a").resolve(file)), file);
    }
  }

  @Test
  void compareDrawsItsTable() {
    assertEquals(0, gemoclap("compare", path("a"), path("b"), "--draw=speakers"), err.toString());
    String table = out.toString();
    assertTrue(table.contains("A: a, checkpoints chosen on the development part"), table);
    assertTrue(table.contains("8 utterances of 3 speakers; resampled: whole speakers"), table);
    assertTrue(table.matches("(?s).*\nWAR +50\\.0 % +87\\.5 % +\\+37\\.5 .*"), table);
    assertTrue(table.contains("0 utterances only A has right, 3 only B; p = 0.250 (exact)"), table);
  }

  @Test
  void compareRefusesOtherUtterances() {
    assertEquals(2, gemoclap("compare", path("a"), path("short")));
    assertTrue(err.toString().contains("tested on different utterances"), err.toString());
  }

  @Test
  void saysWhichRunIsNone() {
    assertEquals(2, gemoclap("report", path("nowhere")));
    assertTrue(err.toString().contains("There is no folder '" + path("nowhere")), err + "");
    assertEquals(2, gemoclap("compare", path("a"), folder.toString()));
    assertTrue(err.toString().contains("it has no run.json and no predictions.jsonl"), err + "");
  }

  @Test
  void aFileThatIsNotAJsonFailsTheJob() throws IOException {
    Files.writeString(folder.resolve("a").resolve("run.json"), "{");
    assertEquals(1, gemoclap("report", path("a")));
    assertTrue(err.toString().contains("run.json: "), err.toString());
  }
}
