package io.gemoclap.cli.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.read.ResultFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/** Prints what a run wrote to a local folder: a table of segments, the counts, where files lie. */
public final class AnnotationTable {
  private static final int ROWS = 40;
  private static final String UNCERTAIN = "uncertain";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Comparator<JsonNode> PLACE =
      Comparator.comparing((JsonNode row) -> row.path("recording").asText())
          .thenComparing(row -> row.path("channel").asInt())
          .thenComparing(row -> row.path("start_s").asDouble());
  private static final Comparator<JsonNode> ITEM =
      Comparator.comparing(row -> row.path("item").asText());

  private AnnotationTable() {}

  /** Prints the first rows, the failures and the totals of a finished folder. */
  public static void print(String output, PrintStream out) throws IOException {
    ResultFolder results = new ResultFolder(output);
    if (!results.isLocal()) {
      // Their rows need not cross the network.
      out.println("Results: " + results);
      printSummary(summary(results), out);
      return;
    }
    List<JsonNode> rows = first(results, "annotations-", PLACE);
    int segments = summary(results).path("segments").asInt();
    if (!rows.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%-34s %8s %8s  %-12s %5s  %s%n",
          "recording",
          "start s",
          "end s",
          "emotion",
          "p",
          "voice");
      for (JsonNode row : rows) {
        out.printf(
            Locale.ROOT,
            "%-34s %8.2f %8.2f  %-12s %5.2f  %s%n",
            name(row.path("recording").asText()),
            row.path("start_s").asDouble(),
            row.path("end_s").asDouble(),
            row.path("abstained").asBoolean() ? UNCERTAIN : row.path("emotion").asText(),
            row.path("confidence").asDouble(),
            row.path("gender").asText());
      }
      if (segments > rows.size()) {
        out.println("... and " + (segments - rows.size()) + " more segments");
      }
    }
    for (JsonNode failure : first(results, "failures-", ITEM)) {
      out.printf(
          Locale.ROOT,
          "failed: %-26s %-12s %s%n",
          name(failure.path("item").asText()),
          failure.path("kind").asText(),
          failure.path("message").asText());
    }
    out.println("Results: " + results);
    printSummary(summary(results), out);
  }

  private static JsonNode summary(ResultFolder results) throws IOException {
    try (BufferedReader reader = results.read(ArchiveSummary.FILE)) {
      return JSON.readTree(reader);
    }
  }

  private static void printSummary(JsonNode summary, PrintStream out) {
    List<String> notes = new ArrayList<>();
    summary
        .path("notes")
        .fields()
        .forEachRemaining(note -> notes.add(note.getValue().asLong() + " " + note.getKey()));
    if (!notes.isEmpty()) {
      out.println(
          "Notes on recordings: "
              + String.join(", ", notes)
              + " (column notes of recordings-*.jsonl; docs/output.md explains them)");
    }
    out.printf(
        Locale.ROOT,
        "Done: %d recordings, %d segments%s, %.1f s of audio; %d recordings failed, %d segments"
            + " without a result%s%n",
        summary.path("recordings").asInt(),
        summary.path("segments").asInt(),
        uncertain(summary.path("emotions").path("(abstained)").asInt()),
        summary.path("audio_seconds").asDouble(),
        summary.path("failed_recordings").asInt(),
        summary.path("unjudged_segments").asInt(),
        withoutSpeech(summary.path("failures").path(FailureKind.NO_SPEECH.name()).asInt()));
  }

  private static String uncertain(int segments) {
    return segments == 0 ? "" : " (" + segments + " of them " + UNCERTAIN + ")";
  }

  private static String withoutSpeech(int segments) {
    return segments == 0 ? "" : ", " + segments + " of them not speech";
  }

  /** The first rows in an order, however many there are. */
  private static List<JsonNode> first(
      ResultFolder results, String prefix, Comparator<JsonNode> order) throws IOException {
    PriorityQueue<JsonNode> first = new PriorityQueue<>(order.reversed());
    for (String name : results.names()) {
      if (name.startsWith(prefix) && name.endsWith(".jsonl")) {
        JsonLinesFile.forEach(
            results,
            name,
            row -> {
              first.add(row);
              if (first.size() > ROWS) {
                first.remove();
              }
            });
      }
    }
    return first.stream().sorted(order).toList();
  }

  private static String name(String uri) {
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    return name.length() <= 34 ? name : name.substring(0, 31) + "...";
  }
}
