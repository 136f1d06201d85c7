package io.gemoclap.cli.train;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.gemoclap.cli.console.Commands;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
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
      "Runs a row of training/experiments.csv again, once per seed, and compares the mean"
          + " UAR with the expected one.",
      "Finished runs are not repeated; runs with other settings are"
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
      description = "Folder of the corpus. Default: emodb below GEMOCLAP_DATA or ../shared/data.")
  private Path data;

  @Option(
      names = "--output",
      defaultValue = "runs",
      description = "Folder for the runs (<output>/<id>/seed-<n>) and their shared features.")
  private Path output;

  @Option(names = "--overwrite", description = "Replace earlier runs of this row.")
  private boolean overwrite;

  /**
   * A row.
   *
   * @param id its name
   * @param corpus kind of the corpus
   * @param variant loss
   * @param alpha weight of emotion
   * @param prompts what the sentences say
   * @param seeds one run each, separated by spaces
   * @param options further options of {@code train}
   * @param uar expected mean UAR in percent
   * @param tolerance points by which another machine's may differ
   */
  private record Row(
      String id,
      String corpus,
      String variant,
      String alpha,
      String prompts,
      String seeds,
      String options,
      double uar,
      double tolerance) {}

  @Override
  public Integer call() throws IOException {
    List<Row> rows = rows();
    if (id == null) {
      for (Row row : rows) {
        System.out.printf(
            Locale.ROOT,
            "%-28s UAR %.1f ± %.1f  %s%n",
            row.id(),
            row.uar(),
            row.tolerance(),
            String.join(" ", arguments(row, "<seed>")));
      }
      return 0;
    }
    Row row =
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
    List<FinishedRun> runs = new ArrayList<>();
    for (String seed : row.seeds().split(" ", -1)) {
      List<String> arguments = arguments(row, seed);
      System.out.println("./gemoclap " + String.join(" ", arguments));
      int status = gemoclap.run(arguments.toArray(String[]::new));
      if (status != 0) {
        return status;
      }
      runs.add(FinishedRun.read(folder(row, seed)));
    }
    Repetitions repetitions = Repetitions.of(runs, 1);
    print(row, repetitions);
    double uar = 100 * repetitions.mean(Figures::uar).value();
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

  private static void print(Row row, Repetitions repetitions) {
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

  private Path folder(Row row, String seed) {
    return output.resolve(row.id()).resolve("seed-" + seed);
  }

  private List<String> arguments(Row row, String seed) {
    Path folder = data;
    if (folder == null) {
      String root = System.getenv("GEMOCLAP_DATA");
      folder = Path.of(root == null ? "../shared/data" : root).resolve(row.corpus());
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--corpus=" + row.corpus() + ":" + folder,
                "--output=" + folder(row, seed),
                "--features=" + output.resolve("features"),
                "--variant=" + row.variant(),
                "--alpha=" + row.alpha(),
                "--prompts=" + row.prompts(),
                "--seed=" + seed,
                "--no-final",
                overwrite ? "--overwrite" : "--resume"));
    for (String option : row.options().split(" ", -1)) {
      if (!option.isBlank()) {
        arguments.add(option);
      }
    }
    return arguments;
  }

  private List<Row> rows() throws IOException {
    if (!Files.exists(table)) {
      throw new WrongUsageException("There is no table of experiments '" + table + "'");
    }
    try (MappingIterator<Row> rows =
        new CsvMapper()
            .readerFor(Row.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(table.toFile())) {
      return rows.readAll();
    }
  }
}
