package io.gemoclap.training.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A CSV file with a header. Its columns are separated by tabs where the name ends in {@code .tsv},
 * otherwise by what the header has: commas, or without these semicolons, or without both tabs.
 * Column names are compared without regard to case, and rows know their lines.
 *
 * @param columns names in lower case, in order
 * @param rows all rows that have as many fields as the header
 * @param decimalCommas whether a comma may stand for the decimal point, because it separates no
 *     columns, as in what spreadsheets write in much of Europe
 */
record Table(List<String> columns, List<Row> rows, boolean decimalCommas) {

  /**
   * One row.
   *
   * @param line first line of the row in the file, from 1
   * @param values column to value
   */
  record Row(long line, Map<String, String> values) {
    /** The value without blanks around it; empty where there is none. */
    String get(String column) {
      return values.getOrDefault(column.toLowerCase(Locale.ROOT), "").strip();
    }
  }

  /**
   * Reads a file; rows that do not fit the header become problems.
   *
   * @param needed columns without which the file is not what it should be
   * @throws IOException when the file is missing or lacks a column
   */
  static Table read(String uri, Reading problems, String... needed) throws IOException {
    List<String> columns = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    String text = Location.text(uri);
    char separator = separator(uri, text);
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    try (CsvParser parser = new CsvFactory().createParser(text)) {
      parser.setSchema(schema);
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        // The parser is still at the end of the previous row.
        long line = parser.currentTokenLocation().getLineNr() + 1L;
        List<String> fields = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          fields.add(parser.getText());
        }
        if (fields.isEmpty() || (fields.size() == 1 && fields.get(0).isBlank())) {
          continue;
        }
        if (columns.isEmpty()) {
          fields.forEach(field -> columns.add(field.strip().toLowerCase(Locale.ROOT)));
        } else if (fields.size() == columns.size()) {
          rows.add(row(line, columns, fields));
        } else {
          problems.problem(
              uri,
              line,
              "the row has %s fields, but the header has %s"
                  .formatted(fields.size(), columns.size()));
        }
      }
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problems.problem(uri, line, "cannot be read from this line on: " + e.getOriginalMessage());
    }
    for (String column : needed) {
      if (!columns.contains(column.toLowerCase(Locale.ROOT))) {
        throw new IOException(
            ("The file '%s' has no column %s; its header is %s. Name the columns in the first line,"
                    + " separated by commas, semicolons or tabs")
                .formatted(uri, column, columns));
      }
    }
    Set<String> names = new HashSet<>();
    for (String column : columns) {
      if (!names.add(column) && !column.isEmpty()) {
        throw new IOException("The file '%s' has the column %s twice".formatted(uri, column));
      }
    }
    return new Table(columns, rows, separator != ',');
  }

  private static char separator(String uri, String text) {
    if (uri.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "").endsWith(".tsv")) {
      return '\t';
    }
    String header =
        text.lines()
            .filter(line -> !line.isBlank())
            .findFirst()
            .orElse("")
            .replaceAll("\"[^\"]*\"", "");
    if (header.contains(",")) {
      return ',';
    }
    return header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
  }

  private static Row row(long line, List<String> columns, List<String> fields) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), fields.get(i));
    }
    return new Row(line, values);
  }
}
