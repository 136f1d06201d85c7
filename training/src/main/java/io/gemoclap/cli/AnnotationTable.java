package io.gemoclap.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Prints what a run wrote to a local folder: a table of segments, the counts, where files lie. */
final class AnnotationTable {
  private static final int ROWS = 40;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AnnotationTable() {}

  static void print(String output, PrintStream out) throws IOException {
    if (output.contains("://")) {
      out.println("Results: " + output);
      return;
    }
    Path folder = Path.of(output);
    List<JsonNode> rows = rows(folder, "annotations-");
    rows.sort(
        Comparator.comparing((JsonNode row) -> row.path("recording").asText())
            .thenComparing(row -> row.path("channel").asInt())
            .thenComparing(row -> row.path("start_s").asDouble()));
    if (!rows.isEmpty()) {
      out.printf(
          "%-34s %8s %8s  %-12s %5s  %s%n",
          "recording", "start s", "end s", "emotion", "p", "voice");
      for (JsonNode row : rows.subList(0, Math.min(ROWS, rows.size()))) {
        String emotion = row.path("emotion").asText();
        out.printf(
            "%-34s %8.2f %8.2f  %-12s %5.2f  %s%n",
            name(row.path("recording").asText()),
            row.path("start_s").asDouble(),
            row.path("end_s").asDouble(),
            row.path("abstained").asBoolean() ? "(" + emotion + "?)" : emotion,
            row.path("confidence").asDouble(),
            row.path("gender").asText());
      }
      if (rows.size() > ROWS) {
        out.println("... and " + (rows.size() - ROWS) + " more segments");
      }
    }
    for (JsonNode failure : rows(folder, "failures-").stream().limit(ROWS).toList()) {
      out.printf(
          "failed: %-26s %-12s %s%n",
          name(failure.path("item").asText()),
          failure.path("kind").asText(),
          failure.path("message").asText());
    }
    out.println("Results: " + folder);
    printSummary(folder, out);
  }

  private static void printSummary(Path folder, PrintStream out) throws IOException {
    JsonNode summary = JSON.readTree(Files.readAllBytes(folder.resolve("summary.json")));
    int failed = 0;
    for (JsonNode count : summary.path("failures")) {
      failed += count.asInt();
    }
    out.printf(
        "Done: %d recordings, %d segments, %.1f s of audio, %d failures%n",
        summary.path("recordings").asInt(),
        summary.path("segments").asInt(),
        summary.path("audio_seconds").asDouble(),
        failed);
  }

  private static List<JsonNode> rows(Path folder, String prefix) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix) && name.endsWith(".jsonl")) {
          for (String line : Files.readAllLines(file)) {
            rows.add(JSON.readTree(line));
          }
        }
      }
    }
    return rows;
  }

  private static String name(String uri) {
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    return name.length() <= 34 ? name : name.substring(0, 31) + "...";
  }
}
