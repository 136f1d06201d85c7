package io.gemoclap.cli.train;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap report}. */
@Command(
    name = "report",
    description = {
      "Writes report.json, report.html and TensorBoard events of a finished run again.",
      "Reads run.json, predictions.jsonl and, if present, curves.jsonl from its folder."
    },
    mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "<run folder>", description = "Output folder of 'gemoclap train'.")
  private Path folder;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Report report =
        Report.write(WrongUsageException.ifRefused(() -> FinishedRun.read(folder)), folder);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "WAR %.1f %%  UAR %.1f %%  macro F1 %.1f %%  (%d utterances, %d folds, %s)%n",
        100 * report.war(),
        100 * report.uar(),
        100 * report.macroF1(),
        report.figures().get(0).utterances(),
        report.folds().size(),
        report.checkpointChoice().phrase());
    out.println("Report: " + folder.resolve("report.html"));
    if (!report.learning().isEmpty()) {
      out.println("Curves: tensorboard --logdir " + folder.resolve("events"));
    }
    return 0;
  }
}
