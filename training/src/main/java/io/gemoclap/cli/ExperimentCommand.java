package io.gemoclap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gemoclap experiment}. */
@Command(
    name = "experiment",
    description = {
      "Runs a row of training/experiments.csv again and compares its UAR with what is written there.",
      "Without an id, lists the rows."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class ExperimentCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "<id>", description = "The row.")
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

  @Option(names = "--output", defaultValue = "runs", description = "Folder for the run's folder.")
  private Path output;

  @Option(names = "--overwrite", description = "Replace an earlier run of this row.")
  private boolean overwrite;

  /**
   * A row.
   *
   * @param id its name
   * @param corpus kind of the corpus
   * @param variant loss
   * @param alpha weight of emotion
   * @param prompts what the sentences say
   * @param options further options of {@code train}
   * @param uar expected UAR in percent
   * @param tolerance points by which another machine's may differ
   */
  private record Row(
      String id,
      String corpus,
      String variant,
      String alpha,
      String prompts,
      String options,
      double uar,
      double tolerance) {}

  @Override
  public Integer call() throws IOException {
    List<Row> rows = rows();
    if (id == null) {
      rows.forEach(
          row ->
              System.out.printf(
                  "%-28s UAR %.1f ± %.1f  %s%n",
                  row.id(), row.uar(), row.tolerance(), String.join(" ", arguments(row))));
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
    List<String> arguments = arguments(row);
    System.out.println("./gemoclap " + String.join(" ", arguments));
    int status = Gemoclap.execute(arguments.toArray(String[]::new));
    if (status != 0) {
      return status;
    }
    JsonNode report =
        new ObjectMapper().readTree(output.resolve(id).resolve("report.json").toFile());
    double uar = 100 * report.path("uar").asDouble();
    boolean as = Math.abs(uar - row.uar()) <= row.tolerance();
    System.out.printf(
        "%s: UAR %.1f, expected %.1f ± %.1f: %s%n",
        id, uar, row.uar(), row.tolerance(), as ? "as expected" : "NOT as expected");
    return as ? 0 : 1;
  }

  private List<String> arguments(Row row) {
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
                "--output=" + output.resolve(row.id()),
                "--features=" + output.resolve("features"),
                "--variant=" + row.variant(),
                "--alpha=" + row.alpha(),
                "--prompts=" + row.prompts()));
    for (String option : row.options().split(" ", -1)) {
      if (!option.isBlank()) {
        arguments.add(option);
      }
    }
    if (overwrite) {
      arguments.add("--overwrite");
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
