package io.gemoclap.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Reads what an example wrote. */
final class Written {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Written() {}

  static List<Path> files(String folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.filter(f -> f.getFileName().toString().startsWith(prefix)).sorted().toList();
    }
  }

  static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  static List<JsonNode> rows(String folder, String prefix) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (Path file : files(folder, prefix)) {
      rows.addAll(read(file));
    }
    return rows;
  }

  static Set<String> names(List<JsonNode> rows, String column) {
    Set<String> names = new TreeSet<>();
    rows.forEach(row -> names.add(name(row.get(column).asText())));
    return names;
  }

  static List<GenericRecord> parquet(String folder, String prefix) {
    List<GenericRecord> rows = new ArrayList<>();
    try {
      for (Path file : files(folder, prefix)) {
        try (ParquetReader<GenericRecord> reader =
            AvroParquetReader.<GenericRecord>builder(new LocalInputFile(file)).build()) {
          for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
            rows.add(row);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  static List<?> list(GenericRecord row, String column) {
    return (List<?>) row.get(column);
  }

  static String place(GenericRecord row) {
    return name(row.get("recording")) + " " + row.get("start_s");
  }

  static String name(Object uri) {
    return uri.toString().substring(uri.toString().lastIndexOf('/') + 1);
  }
}
