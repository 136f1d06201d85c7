package io.gemoclap.cli.report;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.cli.flink.Runs;
import io.gemoclap.read.ResultFolder;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gemoclap report}. */
@Command(
    name = "report",
    description = {
      "Writes report.json and report.html of results, or of a training run.",
      "Of results of 'gemoclap annotate': a Beam job adds up hours, emotions, groups and failures."
          + " You can add options of Beam and its runners.",
      "Of a run of 'gemoclap train' or a cell of 'gemoclap evaluate': writes its report and"
          + " TensorBoard events again, from run.json, predictions.jsonl and, if present,"
          + " curves.jsonl."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ReportCommand implements Callable<Integer> {
  private static final String RUN = "run.json";

  @Parameters(
      index = "0",
      paramLabel = "<folder>",
      description = "Output folder of 'gemoclap annotate' or 'gemoclap train'.")
  private String folder;

  @Mixin private final ResultsReport results = new ResultsReport();

  @Parameters(index = "1..*", arity = "0..*", hidden = true)
  private List<String> beamOptions = List.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Runs.requirePlain(folder);
    PipelineOptions options = Runs.options(beamOptions);
    FileSystems.setDefaultPipelineOptions(options);
    ResultFolder given = new ResultFolder(folder);
    PrintWriter out = spec.commandLine().getOut();
    if (given.names().isEmpty()) {
      throw new WrongUsageException(
          ("There is no folder '%s', or it is empty. Give the output folder of 'gemoclap annotate'"
                  + " or 'gemoclap train'")
              .formatted(folder));
    }
    if (given.names().contains(RUN)) {
      results.requireUnused(spec.commandLine().getParseResult());
      return reportRun(Path.of(folder), out);
    }
    results.write(given, options, out);
    return 0;
  }

  private static int reportRun(Path folder, PrintWriter out) throws IOException {
    Report report =
        Report.write(WrongUsageException.ifRefused(() -> FinishedRun.read(folder)), folder);
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
