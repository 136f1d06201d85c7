package io.gemoclap.cli.annotate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/**
 * The rows of a table: CSV with a header, or JSON Lines where the name ends in {@code .jsonl}.
 *
 * <p>UTF-8, UTF-16 where a byte order mark says so, or Latin-1 where it is not UTF-8. Columns are
 * separated by commas, or by semicolons or tabs if the header has these and no comma. Blank lines
 * are passed over. Immutable.
 *
 * @param separator what separates columns; a comma for JSON Lines
 * @param rows the rows in their order
 */
record ManifestTable(char separator, List<Row> rows) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One row.
   *
   * @param line its first line in the file, from 1
   * @param values column to value; columns without a value are absent
   */
  record Row(long line, Map<String, String> values) {
    /** A value; empty where there is none. */
    String get(String column) {
      return values.getOrDefault(column, "");
    }
  }

  /**
   * Reads a table.
   *
   * @param name its file name, for its kind and for messages
   * @throws IOException if it is no such table, naming the line
   */
  static ManifestTable read(String name, byte[] bytes) throws IOException {
    String text = text(bytes);
    return name.toLowerCase(Locale.ROOT).endsWith(".jsonl")
        ? new ManifestTable(',', jsonLines(name, text))
        : csv(name, text);
  }

  /** Text without its byte order mark. */
  private static String text(byte[] bytes) {
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

  private static List<Row> jsonLines(String name, String text) throws IOException {
    List<Row> rows = new ArrayList<>();
    long number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        try {
          Map<String, String> values =
              JSON.readValue(line, new TypeReference<LinkedHashMap<String, String>>() {});
          values.values().removeIf(value -> value == null);
          rows.add(new Row(number, values));
        } catch (JsonProcessingException e) {
          throw unreadable(name, number, e.getOriginalMessage(), e);
        }
      }
    }
    return rows;
  }

  private static ManifestTable csv(String name, String text) throws IOException {
    char separator = separator(text);
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
          fields.forEach(field -> columns.add(field.strip()));
          requireDistinct(name, columns);
        } else {
          rows.add(row(name, line, columns, fields));
        }
      }
    } catch (JsonProcessingException e) {
      throw unreadable(name, line, e.getOriginalMessage(), e);
    }
    return new ManifestTable(separator, rows);
  }

  private static char separator(String text) {
    String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    if (header.indexOf(',') >= 0) {
      return ',';
    }
    return header.indexOf(';') >= 0 ? ';' : header.indexOf('\t') >= 0 ? '\t' : ',';
  }

  private static void requireDistinct(String name, List<String> columns) throws IOException {
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!column.isEmpty() && !seen.add(column)) {
        throw new IOException("The table '" + name + "' has the column " + column + " twice");
      }
    }
  }

  private static Row row(String name, long line, List<String> columns, List<String> fields)
      throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (i < columns.size()) {
        values.put(columns.get(i), fields.get(i));
      } else if (!fields.get(i).isBlank()) {
        throw new IOException(
            ("'%s', line %s has %s fields, but the header has %s: put a value with the separator"
                    + " in double quotes")
                .formatted(name, line, fields.size(), columns.size()));
      }
    }
    return new Row(line, values);
  }

  private static IOException unreadable(String name, long line, String why, Exception cause) {
    return new IOException("'" + name + "', line " + line + " cannot be read: " + why, cause);
  }
}
