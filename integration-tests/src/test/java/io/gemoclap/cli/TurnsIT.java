package io.gemoclap.cli;

import static io.gemoclap.cli.Run.gemoclap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.Written;
import io.gemoclap.read.ReadAnnotations;
import io.gemoclap.turns.EmotionTurns;
import io.gemoclap.write.AnnotationJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code gemoclap annotate --turns}. */
@ExtendWith(TestPipelineExtension.class)
final class TurnsIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();
  private static final double ABSTAIN_BELOW = 0.45;

  @TempDir private Path folder;

  private static Map<String, JsonNode> bySegment(Path output) throws IOException {
    Map<String, JsonNode> rows = new HashMap<>();
    for (JsonNode row : Written.jsonLines(output, "annotations")) {
      rows.put(row.get("segment_id").asText(), row);
    }
    return rows;
  }

  /** Each segment is in one turn, whose columns follow from its segments. */
  @Test
  void everySegmentIsInOneTurnAndResultsGiveTheSameTurns(TestPipeline pipeline) throws IOException {
    Path output = folder.resolve("out");
    Run run =
        gemoclap(
            "annotate",
            "--input=" + SAMPLES.resolve("conversation.ogg"),
            "--output=" + output,
            "--segment=fixed:2",
            "--abstain-below=" + ABSTAIN_BELOW,
            "--turns");
    assertEquals(0, run.status(), run.err());

    Map<String, JsonNode> rows = bySegment(output);
    List<JsonNode> turns = Written.jsonLines(output, "turns");
    assertTrue(rows.size() > 3, rows.toString());
    List<String> segments = new ArrayList<>();
    for (JsonNode turn : turns) {
      double start = Double.POSITIVE_INFINITY;
      double end = 0;
      double seconds = 0;
      double sum = 0;
      for (JsonNode id : turn.get("segment_ids")) {
        segments.add(id.asText());
        JsonNode row = rows.get(id.asText());
        double duration = row.get("end_s").asDouble() - row.get("start_s").asDouble();
        start = Math.min(start, row.get("start_s").asDouble());
        end = Math.max(end, row.get("end_s").asDouble());
        seconds += duration;
        sum += duration * row.get("scores").get(turn.get("emotion").asText()).asDouble();
      }
      assertEquals(start, turn.get("start_s").asDouble());
      assertEquals(end, turn.get("end_s").asDouble());
      assertEquals(sum / seconds, turn.get("confidence").asDouble(), 1e-9);
      assertEquals(sum / seconds < ABSTAIN_BELOW, turn.get("abstained").asBoolean());
    }
    assertTrue(turns.size() < rows.size(), "nothing was merged");
    assertEquals(rows.keySet(), Set.copyOf(segments));
    assertEquals(rows.size(), segments.size());
    JsonNode part =
        new ObjectMapper().readTree(Files.readString(output.resolve("summary-00000.json")));
    assertTrue(part.get("files").toString().contains("\"turns-00000-"), part.toString());

    PAssert.that(
            pipeline
                .apply(ReadAnnotations.from(output.toString()))
                .apply(EmotionTurns.create().withAbstainBelow(ABSTAIN_BELOW))
                .apply(MapElements.into(TypeDescriptors.strings()).via(AnnotationJson::of)))
        .containsInAnyOrder(turns.stream().map(JsonNode::toString).toList());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aWatchedFolderHasTurnsAndATopicAloneHasNone() throws Exception {
    Path watched = Files.createDirectory(folder.resolve("in"));
    Path output = folder.resolve("out");
    Files.copy(SAMPLES.resolve("conversation.ogg"), watched.resolve("call.ogg"));
    try (StreamingCommand job =
        StreamingCommand.annotate(
            "--input=" + watched,
            "--watch=1",
            "--window=0.02",
            "--segment=fixed:2",
            "--turns",
            "--output=" + output)) {
      job.await(
          "the turns",
          () -> Files.isDirectory(output) && !Written.jsonLines(output, "turns").isEmpty());
      job.await("the segments", () -> !Written.jsonLines(output, "annotations").isEmpty());
    }
    Set<String> segments = new HashSet<>();
    for (JsonNode turn : Written.jsonLines(output, "turns")) {
      turn.get("segment_ids").forEach(id -> segments.add(id.asText()));
    }
    assertEquals(bySegment(output).keySet(), segments);

    gemoclap(
            "annotate",
            "--input=kafka:calls",
            "--output=kafka:emotions",
            "--bootstrap-servers=localhost:1",
            "--turns")
        .failsWith(2, "--turns writes files: add --output=<folder>");
  }
}
