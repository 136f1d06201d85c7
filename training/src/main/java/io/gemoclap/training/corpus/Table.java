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
 * A CSV file with a header, or a TSV file where the name ends so. Column names are compared without
 * regard to case, and rows know their lines.
 *
 * @param columns names in lower case, in order
 * @param rows all rows that have as many fields as the header
 */
record Table(List<String> columns, List<Row> rows) {

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
    boolean tabs = uri.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "").endsWith(".tsv");
    List<String> columns = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(tabs ? '\t' : ',');
    try (CsvParser parser = new CsvFactory().createParser(Location.text(uri))) {
      parser.setSchema(schema);
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        // The parser still stands where the row before ended.
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
              "the row has %s fields, the header %s".formatted(fields.size(), columns.size()));
        }
      }
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problems.problem(uri, line, "cannot be read from here on: " + e.getOriginalMessage());
    }
    for (String column : needed) {
      if (!columns.contains(column.toLowerCase(Locale.ROOT))) {
        throw new IOException(
            "The file '%s' has no column %s; its header is %s".formatted(uri, column, columns));
      }
    }
    Set<String> names = new HashSet<>();
    for (String column : columns) {
      if (!names.add(column) && !column.isEmpty()) {
        throw new IOException("The file '%s' has the column %s twice".formatted(uri, column));
      }
    }
    return new Table(columns, rows);
  }

  private static Row row(long line, List<String> columns, List<String> fields) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), fields.get(i));
    }
    return new Row(line, values);
  }
}
