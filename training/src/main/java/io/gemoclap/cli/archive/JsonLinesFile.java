package io.gemoclap.cli.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.read.ResultFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads and filters the rows of a JSON Lines file in a folder of results, one at a time. */
public final class JsonLinesFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonLinesFile() {}

  /** Reads a file from its first row to its last. */
  public static void forEach(ResultFolder folder, String name, Consumer<JsonNode> reader)
      throws IOException {
    try (BufferedReader lines = folder.read(name)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.accept(JSON.readTree(line));
      }
    }
  }

  /** Replaces a file, of failures as a rule, by those of its rows that are kept. */
  static void retain(ResultFolder folder, String name, Predicate<JsonNode> kept)
      throws IOException {
    StringBuilder text = new StringBuilder();
    forEach(
        folder,
        name,
        row -> {
          if (kept.test(row)) {
            text.append(row).append('\n');
          }
        });
    folder.replace(name, text.toString());
  }
}
