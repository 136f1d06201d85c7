package io.gemoclap.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.Span;
import io.gemoclap.features.NormalizeFeatures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * A list of recordings: CSV with a header or JSON Lines, with {@code path} and, optionally, {@code
 * start_s} and {@code end_s}. Other columns become metadata. Relative paths are relative to the
 * manifest. Several rows of one path are several segments of one recording, which is decoded once;
 * it keeps the metadata of its first row, but a speaker only if all of them name the same.
 */
final class Manifest {
  private Manifest() {}

  static List<Recording> read(String uri) throws IOException {
    ResourceId file = FileSystems.matchNewResource(uri, false);
    String text;
    try (var in = Channels.newInputStream(FileSystems.open(file))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      throw new IOException("The manifest '" + uri + "' does not exist", e);
    }
    Map<String, List<Map<String, String>>> rows = new LinkedHashMap<>();
    int line = 1;
    for (Map<String, String> row : rows(uri, text)) {
      line++;
      String path = row.get("path");
      if (path == null || path.isBlank()) {
        throw new IOException("Manifest '" + uri + "', row " + line + ": there is no path");
      }
      rows.computeIfAbsent(path, p -> new ArrayList<>()).add(row);
    }
    if (rows.isEmpty()) {
      throw new IOException("The manifest '" + uri + "' lists no recording");
    }
    List<Recording> recordings = new ArrayList<>();
    for (Map.Entry<String, List<Map<String, String>>> entry : rows.entrySet()) {
      recordings.add(recording(uri, resolve(file, entry.getKey()), entry.getValue()));
    }
    return recordings;
  }

  private static List<Map<String, String>> rows(String uri, String text) throws IOException {
    try {
      if (uri.toLowerCase(java.util.Locale.ROOT).endsWith(".jsonl")) {
        List<Map<String, String>> rows = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
          rows.add(json.readValue(line, new TypeReference<LinkedHashMap<String, String>>() {}));
        }
        return rows;
      }
      CsvSchema header = CsvSchema.emptySchema().withHeader();
      try (MappingIterator<Map<String, String>> iterator =
          new CsvMapper().readerForMapOf(String.class).with(header).readValues(text)) {
        return iterator.readAll();
      }
    } catch (JsonProcessingException e) {
      throw new IOException("Manifest '" + uri + "': " + e.getOriginalMessage(), e);
    }
  }

  private static Recording recording(String uri, String path, List<Map<String, String>> rows)
      throws IOException {
    List<Span> spans = new ArrayList<>();
    for (Map<String, String> row : rows) {
      String start = row.get("start_s");
      String end = row.get("end_s");
      if (start != null && end != null && !start.isBlank() && !end.isBlank()) {
        try {
          spans.add(new Span(Double.parseDouble(start), Double.parseDouble(end)));
        } catch (IllegalArgumentException e) {
          throw new IOException("Manifest '" + uri + "', " + path + ": " + e.getMessage(), e);
        }
      }
    }
    Map<String, String> metadata = new LinkedHashMap<>(rows.get(0));
    metadata.keySet().removeAll(List.of("path", "start_s", "end_s"));
    if (rows.stream().map(row -> row.get(NormalizeFeatures.SPEAKER)).distinct().count() > 1) {
      metadata.remove(NormalizeFeatures.SPEAKER);
    }
    metadata.values().removeIf(value -> value == null || value.isEmpty());
    return Recording.file(path).withMetadata(metadata).withSpans(spans);
  }

  private static String resolve(ResourceId manifest, String path) {
    if (path.startsWith("/") || path.contains("://")) {
      return path;
    }
    ResourceId resolved = manifest.getCurrentDirectory();
    String[] steps = path.split("/", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      resolved = resolved.resolve(steps[i], StandardResolveOptions.RESOLVE_DIRECTORY);
    }
    return resolved
        .resolve(steps[steps.length - 1], StandardResolveOptions.RESOLVE_FILE)
        .toString();
  }
}
