package io.gemoclap.cli.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** {@code summary.json}: the sum over all parts. Failures are counted from their rows. */
public final class ArchiveSummary {
  /** Name of the file; it exists only while no work remains. */
  public static final String FILE = "summary.json";

  private ArchiveSummary() {}

  /**
   * Sums up and writes.
   *
   * @param successful whether no more recordings have failed than may
   */
  public static void write(ResultFolder folder, FinishedParts parts, boolean successful)
      throws IOException {
    Map<String, Integer> failures = new TreeMap<>();
    Map<Boolean, Integer> wholeRecordings = new TreeMap<>();
    for (String name : folder.names()) {
      if (PartFile.of(name).filter(file -> file.kind().equals("failures")).isPresent()) {
        JsonLinesFile.forEach(
            folder,
            name,
            row -> {
              failures.merge(row.path("kind").asText(), 1, Integer::sum);
              wholeRecordings.merge(
                  row.path("item").equals(row.path("recording")), 1, Integer::sum);
            });
      }
    }
    Map<String, Long> emotions = new TreeMap<>();
    Map<String, Long> notes = new TreeMap<>();
    Map<String, Long> levels = new TreeMap<>();
    JsonNode last = new ObjectMapper().createObjectNode();
    for (JsonNode part : parts.summaries().values()) {
      part.path("emotions")
          .fields()
          .forEachRemaining(e -> emotions.merge(e.getKey(), e.getValue().asLong(), Long::sum));
      part.path("notes")
          .fields()
          .forEachRemaining(e -> notes.merge(e.getKey(), e.getValue().asLong(), Long::sum));
      part.path("normalize_levels")
          .fields()
          .forEachRemaining(e -> levels.merge(e.getKey(), e.getValue().asLong(), Long::sum));
      last = part;
    }
    double audio = parts.sum("audio_seconds");
    double wall = parts.sum("wall_seconds");
    ObjectNode summary = new ObjectMapper().createObjectNode();
    summary.put("successful", successful);
    summary.put("recordings_without_result", parts.counts().failed());
    summary.put("recordings", (long) parts.sum("recordings"));
    summary.put("segments", (long) parts.sum("segments"));
    summary.put("audio_seconds", audio);
    summary.put("failed_recordings", wholeRecordings.getOrDefault(true, 0));
    summary.put("unjudged_segments", wholeRecordings.getOrDefault(false, 0));
    failures.forEach(summary.putObject("failures")::put);
    notes.forEach(summary.putObject("notes")::put);
    emotions.forEach(summary.putObject("emotions")::put);
    summary.put("wall_seconds", wall);
    summary.put("real_time_factor", audio == 0 ? 0 : wall / audio);
    for (String field : new String[] {"model_id", "normalize", "archive_statistics", "versions"}) {
      if (last.has(field)) {
        summary.set(field, last.path(field));
      }
    }
    levels.forEach(summary.putObject("normalize_levels")::put);
    summary.put("parts", parts.summaries().size());
    folder.replace(FILE, summary.toPrettyString() + "\n");
  }
}
