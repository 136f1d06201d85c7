package io.gemoclap.training.corpus;

import io.gemoclap.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A CSV file of a corpus. Column names are compared without regard to case, values have no blanks
 * around them, and every row has as many fields as the header.
 *
 * @param columns names in lower case, in order
 * @param rows the rows
 * @param decimalCommas whether a comma may stand for the decimal point, because it separates no
 *     columns, as in what spreadsheets write in much of Europe
 */
record CorpusCsv(List<String> columns, List<Row> rows, boolean decimalCommas) {
  /** One row. */
  record Row(Table.Row row) {
    /** Its first line in the file, from 1. */
    long line() {
      return row.line();
    }

    /** The value of a column; empty where there is none. */
    String get(String column) {
      return row.get(column.toLowerCase(Locale.ROOT)).strip();
    }
  }

  /**
   * Reads a file; rows that do not fit the header become problems.
   *
   * @param needed columns without which the file is not what it should be
   * @throws IOException when the file is missing or lacks a column
   */
  static CorpusCsv read(String uri, Reading problems, String... needed) throws IOException {
    Table table =
        Table.read(
            uri,
            Location.text(uri),
            column -> column.toLowerCase(Locale.ROOT),
            (line, why) -> problems.problem(uri, line, "cannot be read from this line on: " + why));
    int columns = table.columns().size();
    List<Row> rows = new ArrayList<>();
    for (Table.Row row : table.rows()) {
      if (row.fields().size() == columns) {
        rows.add(new Row(row));
      } else {
        problems.problem(
            uri,
            row.line(),
            "the row has %s fields, but the header has %s".formatted(row.fields().size(), columns));
      }
    }
    for (String column : needed) {
      if (!table.columns().contains(column.toLowerCase(Locale.ROOT))) {
        throw new IOException(
            ("The file '%s' has no column %s; its header is %s. Name the columns in the first line,"
                    + " separated by commas, semicolons or tabs")
                .formatted(uri, column, table.columns()));
      }
    }
    return new CorpusCsv(table.columns(), rows, table.separator() != ',');
  }
}
