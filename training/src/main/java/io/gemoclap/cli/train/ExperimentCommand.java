package io.gemoclap.cli.train;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.gemoclap.cli.console.Commands;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.report.EvaluationMatrix;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.Repetitions;
import io.gemoclap.training.report.Repetitions.Figures;
import io.gemoclap.training.report.Repetitions.Mean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code gemoclap experiment}. */
@Command(
    name = "experiment",
    description = {
      "Runs a row of training/experiments.csv again, and compares the UAR with the expected one:"
          + " the mean of training once per seed, or the UAR of evaluating a finished bundle.",
      "Finished training runs are not repeated; runs with other settings are"
          + " rejected. Without an id, lists the rows."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
public final class ExperimentCommand implements Callable<Integer> {
  @ParentCommand private Commands gemoclap;

  @Parameters(arity = "0..1", paramLabel = "<id>", description = "Id of the row.")
  private String id;

  @Option(
      names = "--table",
      defaultValue = "training/experiments.csv",
      description = "The table of experiments.")
  private Path table;

  @Option(
      names = "--data",
      description =
          "Folder of the corpus. Default: the one that the row names, such as emodb, below"
              + " GEMOCLAP_DATA or ../shared/data.")
  private Path data;

  @Option(
      names = "--output",
      defaultValue = "runs",
      description =
          "Folder for the runs (<output>/<id>/seed-<n>) and their shared features, and for"
              + " evaluations (<output>/<id>).")
  private Path output;

  @Option(names = "--overwrite", description = "Replace earlier runs of this row.")
  private boolean overwrite;

  @Override
  public Integer call() throws IOException {
    List<Experiment> rows = rows();
    if (id == null) {
      for (Experiment row : rows) {
        System.out.printf(
            Locale.ROOT,
            "%-28s UAR %.1f ± %.1f  %s%n",
            row.id(),
            row.uar(),
            row.tolerance(),
            String.join(" ", row.arguments("<seed>", data, output, overwrite)));
      }
      return 0;
    }
    Experiment row =
        rows.stream()
            .filter(r -> r.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new WrongUsageException(
                        "There is no experiment '"
                            + id
                            + "' in "
                            + table
                            + "; list them without id"));
    return row.isEvaluation() ? evaluate(row) : train(row);
  }

  private int train(Experiment row) throws IOException {
    List<FinishedRun> runs = new ArrayList<>();
    for (String seed : row.seeds().split(" ", -1)) {
      int status = run(row.arguments(seed, data, output, overwrite));
      if (status != 0) {
        return status;
      }
      runs.add(FinishedRun.read(row.folder(seed, output)));
    }
    Repetitions repetitions = Repetitions.of(runs, 1);
    print(row, repetitions);
    return compare(row, repetitions.mean(Figures::uar).value());
  }

  /** Evaluates anew each time, since the bundle may have changed. */
  private int evaluate(Experiment row) throws IOException {
    int status = run(row.arguments("", data, output, overwrite));
    return status == 0 ? compare(row, EvaluationMatrix.onlyUar(row.folder("", output))) : status;
  }

  private int run(List<String> arguments) {
    System.out.println("./gemoclap " + String.join(" ", arguments));
    return gemoclap.run(arguments.toArray(String[]::new));
  }

  private int compare(Experiment row, double share) {
    double uar = 100 * share;
    boolean as = Math.abs(uar - row.uar()) <= row.tolerance();
    System.out.printf(
        Locale.ROOT,
        "%s: UAR %.1f, expected %.1f ± %.1f: %s%n",
        id,
        uar,
        row.uar(),
        row.tolerance(),
        as ? "as expected" : "NOT as expected");
    return as ? 0 : 1;
  }

  private static void print(Experiment row, Repetitions repetitions) {
    System.out.printf(
        Locale.ROOT, "%n%s, seeds %s, mean ± standard deviation:%n", row.id(), row.seeds());
    print("WAR", repetitions.mean(Figures::war));
    print("UAR", repetitions.mean(Figures::uar));
    Interval interval = repetitions.interval();
    System.out.printf(
        Locale.ROOT,
        "  95 %% interval of the mean UAR, utterances drawn within classes: %.1f to %.1f%n",
        100 * interval.low(),
        100 * interval.high());
    print("UAR by sentences that name gender too", repetitions.mean(Figures::uarByBoth));
    print("UAR were epochs chosen on the test parts", repetitions.mean(Figures::uarTestChosen));
    print("WAR of gender", repetitions.mean(Figures::gender));
    System.out.println();
  }

  private static void print(String what, Mean mean) {
    if (!Double.isNaN(mean.value())) {
      System.out.printf(
          Locale.ROOT, "  %s %.1f ± %.1f%n", what, 100 * mean.value(), 100 * mean.deviation());
    }
  }

  private List<Experiment> rows() throws IOException {
    if (!Files.exists(table)) {
      throw new WrongUsageException("There is no table of experiments '" + table + "'");
    }
    try (MappingIterator<Experiment> rows =
        new CsvMapper()
            .readerFor(Experiment.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(table.toFile())) {
      return rows.readAll();
    }
  }
}
