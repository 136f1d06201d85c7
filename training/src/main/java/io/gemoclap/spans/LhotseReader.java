package io.gemoclap.spans;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.table.JsonLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Supervisions of Lhotse as JSON Lines: the fields {@code recording_id}, {@code start}, {@code
 * duration}, {@code channel} (a number from 0, or a list of numbers) and {@code speaker} of its
 * class {@code SupervisionSegment}.
 */
final class LhotseReader {
  private LhotseReader() {}

  static void read(String name, String text, SpanCollector spans) throws IOException {
    JsonLines.read(
        text,
        JsonNode.class,
        (row, line) -> supervision(name, row, line, spans),
        (line, message) -> {
          throw new IOException("'%s', line %s: %s".formatted(name, line, message));
        });
  }

  private static void supervision(String name, JsonNode row, long line, SpanCollector spans)
      throws IOException {
    String recording = row.path("recording_id").asText("");
    if (recording.isEmpty()) {
      throw new IOException(
          "'%s', line %s is no supervision of Lhotse: recording_id is missing"
              .formatted(name, line));
    }
    JsonNode start = row.path("start");
    JsonNode duration = row.path("duration");
    if (!start.isNumber() || !duration.isNumber()) {
      spans.problem(line, recording, "start and duration must be numbers of seconds");
      return;
    }
    List<Integer> channels = new ArrayList<>();
    JsonNode channel = row.path("channel");
    for (JsonNode each : channel.isArray() ? channel : List.of(channel)) {
      if (each.canConvertToInt() && each.isIntegralNumber() && each.asInt() >= 0) {
        channels.add(each.asInt());
      } else if (!each.isMissingNode() && !each.isNull()) {
        spans.problem(line, recording, "channel %s is not a number from 0".formatted(each));
        return;
      }
    }
    if (channels.isEmpty()) {
      channels.add(Span.EVERY_CHANNEL);
    }
    String speaker = row.path("speaker").isNull() ? "" : row.path("speaker").asText("");
    double end = SpanCollector.sum(start.asDouble(), duration.asDouble());
    for (int each : channels) {
      spans.add(line, recording, start.asDouble(), end, speaker, each);
    }
  }
}
