package io.gemoclap.training.report;

import io.gemoclap.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A row of {@code consistency.csv}: how far the labels of the test utterances hold when their
 * recordings are degraded.
 *
 * @param perturbation the degradation, such as {@code room-harsh}
 * @param severity {@code mild} or {@code harsh}
 * @param archive whether the statistics of the archive are known, of recordings degraded alike
 * @param group whether those of the speaker, or of the recording, are known, degraded alike
 * @param utterances number of test utterances
 * @param unchanged share of them whose label is that of the clean recording at the same level of
 *     normalisation, 0 to 1
 * @param uar unweighted average recall under the degradation, 0 to 1
 */
public record ConsistencyRow(
    String perturbation,
    String severity,
    boolean archive,
    boolean group,
    int utterances,
    double unchanged,
    double uar) {
  private static final String HEADER =
      "perturbation,severity,archive,group,utterances,unchanged,uar";

  /** Reads a file of rows; none where it does not exist. */
  static List<ConsistencyRow> read(Path file) throws IOException {
    List<ConsistencyRow> rows = new ArrayList<>();
    if (Files.exists(file)) {
      Table table =
          Table.read(
              file.toString(),
              Files.readString(file),
              UnaryOperator.identity(),
              (line, message) -> {
                throw new IOException(file + ", line " + line + ": " + message);
              });
      for (Table.Row row : table.rows()) {
        rows.add(parse(file, row));
      }
    }
    return rows;
  }

  private static ConsistencyRow parse(Path file, Table.Row row) throws IOException {
    try {
      return new ConsistencyRow(
          row.get("perturbation"),
          row.get("severity"),
          row.get("archive").equals("yes"),
          row.get("group").equals("yes"),
          Integer.parseInt(row.get("utterances")),
          Double.parseDouble(row.get("unchanged")),
          Double.parseDouble(row.get("uar")));
    } catch (NumberFormatException e) {
      throw new IOException(file + ", line " + row.line() + ": " + e.getMessage(), e);
    }
  }

  /** Writes rows over what stood there; without rows there is no file. */
  static void write(Path file, List<ConsistencyRow> rows) throws IOException {
    if (rows.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    List<String> lines = new ArrayList<>(List.of(HEADER));
    rows.forEach(row -> lines.add(row.line()));
    Files.write(file, lines);
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        "%s,%s,%s,%s,%s,%.4f,%.4f",
        perturbation,
        severity,
        archive ? "yes" : "no",
        group ? "yes" : "no",
        utterances,
        unchanged,
        uar);
  }
}
