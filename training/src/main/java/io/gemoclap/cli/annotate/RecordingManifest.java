package io.gemoclap.cli.annotate;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.census.Census;
import io.gemoclap.census.LocalNames;
import io.gemoclap.census.StoredFile;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.table.JsonLines;
import io.gemoclap.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A list of recordings: CSV with a header or JSON Lines, with {@code path} and, optionally, {@code
 * start_s} and {@code end_s}. Other columns become metadata. Relative paths are relative to the
 * manifest. Several rows of one file, however they spell it, are several segments of one recording,
 * which is decoded once; its id and metadata are those of its first row, but each segment has the
 * speaker of its own row.
 */
final class RecordingManifest {
  private final String uri;
  private final Table table;

  private RecordingManifest(String uri, Table table) {
    this.uri = uri;
    this.table = table;
  }

  /** Whether an input is a manifest, by its suffix. A folder is not, whatever it is called. */
  static boolean isManifest(String input) {
    String lower = input.toLowerCase(Locale.ROOT);
    return (lower.endsWith(".csv") || lower.endsWith(".jsonl"))
        && !(LocalNames.isLocal(input) && Files.isDirectory(LocalNames.path(input)));
  }

  /**
   * Reads a manifest. Files that it lists need not exist: each fails when it is decoded.
   *
   * @throws IOException if a row cannot be understood, naming its line and the remedy
   */
  static List<Recording> read(String uri) throws IOException {
    byte[] bytes;
    try (InputStream in = Channels.newInputStream(StoredFile.of(uri).open())) {
      bytes = in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new IOException("The manifest '" + uri + "' does not exist", e);
    }
    return new RecordingManifest(uri, table(uri, Table.text(bytes))).recordings();
  }

  /** The rows of a manifest: JSON Lines where the name ends in {@code .jsonl}, otherwise CSV. */
  static Table table(String name, String text) throws IOException {
    Table.Problems refused =
        (line, why) -> {
          throw new IOException("'%s', line %s cannot be read: %s".formatted(name, line, why));
        };
    if (name.toLowerCase(Locale.ROOT).endsWith(".jsonl")) {
      List<Table.Row> rows = new ArrayList<>();
      JsonLines.read(
          text,
          Fields.class,
          (fields, line) -> {
            fields.values().removeIf(Objects::isNull);
            rows.add(new Table.Row(line, fields, List.copyOf(fields.values())));
          },
          refused);
      return new Table(List.of(), rows, ',');
    }
    Table table = Table.read(name, text, UnaryOperator.identity(), refused);
    for (Table.Row row : table.rows()) {
      if (row.fields().stream().skip(table.columns().size()).anyMatch(field -> !field.isBlank())) {
        throw new IOException(
            ("'%s', line %s has %s fields, but the header has %s: put a value with the separator"
                    + " in double quotes")
                .formatted(name, row.line(), row.fields().size(), table.columns().size()));
      }
    }
    return table;
  }

  private static final class Fields extends LinkedHashMap<String, String> {
    private static final long serialVersionUID = 1L;
  }

  private List<Recording> recordings() throws IOException {
    Map<String, List<Table.Row>> byLocation = new LinkedHashMap<>();
    for (Table.Row row : table.rows()) {
      if (row.get("path").isBlank()) {
        throw refused(row, "the path is missing");
      }
      byLocation.computeIfAbsent(location(row), path -> new ArrayList<>()).add(row);
    }
    if (byLocation.isEmpty()) {
      throw new IOException("The manifest '" + uri + "' lists no recording");
    }
    List<Recording> recordings = new ArrayList<>();
    for (List<Table.Row> rows : byLocation.values()) {
      recordings.add(recording(rows));
    }
    return recordings;
  }

  private String location(Table.Row row) throws IOException {
    try {
      return Census.location(resolve(row.get("path")));
    } catch (IllegalArgumentException e) {
      throw refused(row, e.getMessage());
    }
  }

  private Recording recording(List<Table.Row> rows) throws IOException {
    Table.Row first = rows.get(0);
    boolean oneSpeaker =
        rows.stream().map(row -> row.get(NormalizeFeatures.SPEAKER)).distinct().count() == 1;
    List<Span> spans = new ArrayList<>();
    for (Table.Row row : rows) {
      Optional<Span> span = span(row, oneSpeaker ? "" : row.get(NormalizeFeatures.SPEAKER));
      if (rows.size() > 1 && span.isPresent() != span(first, "").isPresent()) {
        throw refused(
            row,
            ("'%s' is also in line %s, and only one of the two rows has start_s and end_s: give"
                    + " times to both rows or to neither")
                .formatted(row.get("path"), first.line()));
      }
      span.ifPresent(spans::add);
    }
    Map<String, String> metadata = new LinkedHashMap<>(first.values());
    metadata.keySet().removeAll(List.of("path", "start_s", "end_s"));
    if (!oneSpeaker) {
      metadata.remove(NormalizeFeatures.SPEAKER);
    }
    metadata.values().removeIf(String::isEmpty);
    return Recording.file(resolve(first.get("path"))).withMetadata(metadata).withSpans(spans);
  }

  private Optional<Span> span(Table.Row row, String speaker) throws IOException {
    String start = row.get("start_s");
    String end = row.get("end_s");
    if (start.isBlank() && end.isBlank()) {
      return Optional.empty();
    }
    if (start.isBlank() || end.isBlank()) {
      throw refused(row, "only one of start_s and end_s is given: give both, or neither");
    }
    double from = seconds(row, "start_s");
    double to = seconds(row, "end_s");
    try {
      return Optional.of(new Span(from, to, speaker, Span.EVERY_CHANNEL));
    } catch (IllegalArgumentException e) {
      throw refused(row, e.getMessage());
    }
  }

  /** A number of seconds; with a decimal comma where commas do not separate columns. */
  private double seconds(Table.Row row, String column) throws IOException {
    String value = row.get(column).strip();
    boolean comma = value.matches("[-+]?\\d*,\\d+");
    if (comma && table.separator() == ',') {
      throw refused(
          row,
          ("%s is '%s': write a decimal point, or separate the columns with semicolons, where"
                  + " decimal commas are accepted")
              .formatted(column, value));
    }
    try {
      return Double.parseDouble(comma ? value.replace(',', '.') : value);
    } catch (NumberFormatException e) {
      throw refused(row, "%s is '%s', not a number of seconds".formatted(column, value));
    }
  }

  private IOException refused(Table.Row row, String why) {
    return new IOException("Manifest '%s', line %s: %s".formatted(uri, row.line(), why));
  }

  /** The name of a recording's file: relative paths start at the manifest's folder. */
  private String resolve(String path) {
    if (path.startsWith("/") || !LocalNames.isLocal(path) || LocalNames.isFileUri(path)) {
      return path;
    }
    if (LocalNames.isLocal(uri)) {
      Path folder = LocalNames.path(uri).getParent();
      return LocalNames.name(LocalNames.resolve(folder, path));
    }
    // Object stores take dots for names.
    return uri.substring(0, uri.lastIndexOf('/') + 1) + LocalNames.normalized(path);
  }
}
