package io.gemoclap.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Files of JSON, and of JSON Lines: one value a line. Stateless. */
public final class JsonLines {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonLines() {}

  /** Takes the value of one line. */
  public interface Each<T> {
    /**
     * Takes a value.
     *
     * @param line line of the file, from 1
     */
    void accept(T value, long line) throws IOException;
  }

  /** Reads all lines that are not blank; a line that holds no such value is a problem. */
  public static <T> void read(String text, Class<T> type, Each<T> each, Table.Problems problems)
      throws IOException {
    Iterator<String> lines = text.lines().iterator();
    for (long line = 1; lines.hasNext(); line++) {
      String row = lines.next();
      if (!row.isBlank()) {
        T value;
        try {
          value = JSON.readValue(row, type);
        } catch (JsonProcessingException e) {
          problems.add(line, e.getOriginalMessage());
          continue;
        }
        each.accept(value, line);
      }
    }
  }

  /**
   * Reads the rows of a file; none where the file does not exist.
   *
   * @throws IOException naming the file and the line that is not such a row
   */
  public static <T> List<T> rows(Path file, Class<T> type) throws IOException {
    List<T> rows = new ArrayList<>();
    if (Files.exists(file)) {
      read(
          Files.readString(file),
          type,
          (row, line) -> rows.add(row),
          (line, message) -> {
            throw new IOException(file + ", line " + line + ": " + message);
          });
    }
    return rows;
  }

  /**
   * Reads a file of one value.
   *
   * @throws IOException naming the file if it holds no such value
   */
  public static <T> T readValue(Path file, Class<T> type) throws IOException {
    try {
      return JSON.readValue(Files.readString(file), type);
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": " + e.getOriginalMessage(), e);
    }
  }

  /** Writes rows into a file that appears whole or not at all. */
  public static void writeRows(Path file, List<?> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Object row : rows) {
      lines.add(JSON.writeValueAsString(row));
    }
    write(file, lines);
  }

  /** Writes one value, indented, into a file that appears whole or not at all. */
  public static void writeValue(Path file, Object value) throws IOException {
    write(file, List.of(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value)));
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.getParent());
      Files.write(part, lines);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("'" + file + "' cannot be written: " + e.getMessage(), e);
    }
  }
}
