package io.gemoclap.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A CSV table with a header. Columns are separated by tabs where the file's name ends in {@code
 * .tsv}, otherwise by what the header has: commas, or without these semicolons, or without both
 * tabs. Rows of blank values are passed over. Immutable.
 *
 * @param columns names in the order of the header
 * @param rows the rows in their order
 * @param separator what separates columns
 */
public record Table(List<String> columns, List<Row> rows, char separator) {
  /**
   * One row.
   *
   * @param line its first line in the file, from 1
   * @param values column to value; columns without a value are absent
   * @param fields all values, of which there may be more or fewer than columns
   */
  public record Row(long line, Map<String, String> values, List<String> fields) {
    /** A value; empty where there is none. */
    public String get(String column) {
      return values.getOrDefault(column, "");
    }
  }

  /** Decides what happens to text that cannot be read. */
  public interface Problems {
    /**
     * Takes a problem; returns if reading shall go on without the text.
     *
     * @param line line of the file, from 1
     * @throws IOException if reading shall end
     */
    void add(long line, String message) throws IOException;
  }

  /**
   * Reads a table. If a value opens a quote and does not close it, that is a problem, and the table
   * ends before that row.
   *
   * @param name the file's name, for messages, and for what separates columns
   * @param spelling gives the name by which a column is known
   * @throws IOException if the header has a column twice, or {@code problems} throws
   */
  public static Table read(
      String name, String text, UnaryOperator<String> spelling, Problems problems)
      throws IOException {
    char separator = separator(name, text);
    List<String> columns = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    long line = 1;
    try (CsvParser parser = new CsvFactory().createParser(text)) {
      parser.setSchema(schema);
      while (parser.nextToken() == JsonToken.START_ARRAY) {
        // The parser is still where the row before ended.
        line = parser.currentTokenLocation().getLineNr() + 1L;
        List<String> fields = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          fields.add(parser.getText());
        }
        if (fields.stream().allMatch(String::isBlank)) {
          continue;
        }
        if (columns.isEmpty()) {
          fields.forEach(field -> columns.add(spelling.apply(field.strip())));
          requireDistinct(name, columns);
        } else {
          rows.add(row(line, columns, fields));
        }
      }
    } catch (JsonProcessingException e) {
      problems.add(line, e.getOriginalMessage());
    }
    return new Table(columns, rows, separator);
  }

  private static char separator(String name, String text) {
    if (name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "").endsWith(".tsv")) {
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

  private static void requireDistinct(String name, List<String> columns) throws IOException {
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!column.isEmpty() && !seen.add(column)) {
        throw new IOException("The file '%s' has the column %s twice".formatted(name, column));
      }
    }
  }

  private static Row row(long line, List<String> columns, List<String> fields) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(columns.size(), fields.size()); i++) {
      values.put(columns.get(i), fields.get(i));
    }
    return new Row(line, values, fields);
  }

  /**
   * The text of a file without its byte order mark: UTF-8, UTF-16 where a byte order mark says so,
   * or Latin-1 where it is no UTF-8.
   */
  public static String text(byte[] bytes) {
    boolean little = bytes.length > 1 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE;
    boolean big = bytes.length > 1 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF;
    String text;
    if (little || big) {
      Charset wide = little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
      text = new String(bytes, wide);
    } else {
      try {
        text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        text = new String(bytes, StandardCharsets.ISO_8859_1);
      }
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
