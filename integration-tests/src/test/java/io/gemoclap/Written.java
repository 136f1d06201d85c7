package io.gemoclap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.LocalInputFile;

/** Reads what a pipeline wrote, JSON Lines and Parquet alike as JSON. */
public final class Written {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Written() {}

  private static List<Path> files(Path folder, String prefix, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .sorted()
          .toList();
    }
  }

  /** Rows of {@code <prefix>*.jsonl}. */
  public static List<JsonNode> jsonLines(Path folder, String prefix) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (Path file : files(folder, prefix, ".jsonl")) {
      for (String line : Files.readAllLines(file)) {
        rows.add(JSON.readTree(line));
      }
    }
    return rows;
  }

  /** Rows of {@code <prefix>*.parquet}. */
  public static List<JsonNode> parquet(Path folder, String prefix) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (Path file : files(folder, prefix, ".parquet")) {
      try (ParquetReader<GenericRecord> reader =
          AvroParquetReader.<GenericRecord>builder(new LocalInputFile(file)).build()) {
        for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
          rows.add(JSON.readTree(row.toString()));
        }
      }
    }
    return rows;
  }

  /** The file {@code summary.json}. */
  public static JsonNode summary(Path folder) throws IOException {
    return JSON.readTree(Files.readAllBytes(folder.resolve("summary.json")));
  }

  /** The last names of the paths in a column. */
  public static Set<String> names(List<JsonNode> rows, String column) {
    Set<String> names = new TreeSet<>();
    rows.forEach(row -> names.add(name(row.get(column).asText())));
    return names;
  }

  /** The last name of a path. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
