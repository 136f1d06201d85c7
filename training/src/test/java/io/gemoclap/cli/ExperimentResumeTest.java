package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.train.TrainCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An experiment whose row was edited must not report the numbers of its earlier runs. */
final class ExperimentResumeTest {
  @TempDir private Path folder;

  private Path corpus() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (String speaker : List.of("03", "08", "10", "09")) {
      for (String emotion : List.of("W", "F")) {
        String id = speaker + "a01" + emotion + "a";
        Files.writeString(corpus.resolve(id + ".wav"), id);
      }
    }
    return corpus;
  }

  @Test
  void aRunOfAnEarlierRowIsRejectedAndItsSettingsAreListed() throws IOException {
    Path run = folder.resolve("runs/row/seed-1");
    TrainCommand earlier = new TrainCommand();
    new CommandLine(earlier)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(
            "--corpus=emodb:" + corpus(),
            "--output=" + run,
            "--variant=sl",
            "--alpha=0.75",
            "--prompts=emotion",
            "--seed=1");
    earlier.plan().identity().begin(run);
    Path table =
        Files.writeString(
            folder.resolve("table.csv"),
            """
            id,corpus,variant,alpha,prompts,seeds,options,uar,tolerance
            row,emodb,sl,0.9,emotion,1,,80,2
            """);

    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int status;
    try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      System.setErr(captured);
      status =
          Gemoclap.execute(
              "experiment",
              "row",
              "--table=" + table,
              "--data=" + folder.resolve("corpus"),
              "--output=" + folder.resolve("runs"));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    String said = bytes.toString(StandardCharsets.UTF_8);
    assertEquals(2, status, said);
    assertTrue(said.contains("objective.alpha=0.75, not 0.9"), said);
    assertFalse(said.contains("UAR"), said);
  }
}
