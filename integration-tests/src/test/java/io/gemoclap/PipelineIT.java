package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.write.OutputFormat;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The front door on the DirectRunner, which checks that nobody mutates or loses elements. */
@ExtendWith(TestPipelineExtension.class)
final class PipelineIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();
  private static final Path ENCODINGS =
      Path.of("integration-tests/src/test/resources/encodings").toAbsolutePath();

  @TempDir private Path folder;

  /** Four of the samples, each in another format. */
  private static List<Recording> samples() {
    return Stream.of(
            "german-female-16k.aiff",
            "german-female-48k.opus",
            "german-female-16k.wav",
            "english-male-16k.flac")
        .map(name -> Recording.file(SAMPLES.resolve(name).toString()))
        .toList();
  }

  private Path annotate(TestPipeline pipeline, List<Recording> recordings, DecodeAudio decode)
      throws IOException {
    Path output = folder.resolve("out");
    AnnotateSpeech.Result result =
        pipeline
            .apply(Create.of(recordings).withCoder(RecordingCoder.of()))
            .apply(AnnotateSpeech.with(Bundles.BUNDLED).withDecoding(decode));
    result
        .toTuple()
        .and(WriteAnnotations.EMBEDDINGS, result.embeddings())
        .apply(
            WriteAnnotations.to(output.toString())
                .withFormats(EnumSet.allOf(OutputFormat.class))
                .withModelId(Bundles.resolve(Bundles.BUNDLED).id()));
    pipeline.run().waitUntilFinish();
    return output;
  }

  @Test
  void eachRecordingGivesRowsAndEachBadFileOneFailure(TestPipeline pipeline) throws IOException {
    Path text = Files.writeString(folder.resolve("letter.wav"), "Dear Sir or Madam,\n".repeat(99));
    Path empty = Files.createFile(folder.resolve("empty.mp3"));
    Path missing = folder.resolve("missing.flac");
    List<Recording> recordings = new ArrayList<>(samples());
    for (Path file : List.of(text, empty, missing)) {
      recordings.add(Recording.file(file.toString()));
    }

    pipeline.getOptions().as(DirectOptions.class).setEnforceImmutability(true);
    Path output = annotate(pipeline, recordings, DecodeAudio.recordings());

    Set<String> names = new TreeSet<>();
    samples().forEach(recording -> names.add(Written.name(recording.id())));
    List<JsonNode> rows = Written.jsonLines(output, "annotations");
    assertEquals(4, names.size());
    assertEquals(names, Written.names(rows, "recording"));
    assertEquals(names, Written.names(Written.jsonLines(output, "recordings"), "recording"));
    Map<String, String> failures = new TreeMap<>();
    Written.jsonLines(output, "failures")
        .forEach(
            f ->
                failures.put(
                    Written.name(f.get("item").asText()),
                    f.get("stage").asText() + " " + f.get("kind").asText()));
    assertEquals(
        Map.of(
            "letter.wav", "DecodeAudio UNSUPPORTED",
            "empty.mp3", "DecodeAudio NO_AUDIO",
            "missing.flac", "DecodeAudio UNREADABLE"),
        failures);
    JsonNode summary = Written.summary(output);
    assertEquals(4, summary.get("recordings").asInt());
    assertEquals(rows.size(), summary.get("segments").asInt());
    assertEquals(
        "{\"NO_AUDIO\":1,\"UNREADABLE\":1,\"UNSUPPORTED\":1}", summary.get("failures").toString());
    assertEquals(Bundles.resolve(Bundles.BUNDLED).id(), summary.get("model_id").asText());
    assertEveryFormatHoldsTheSameSegments(output);
  }

  private static void assertEveryFormatHoldsTheSameSegments(Path output) throws IOException {
    Set<String> lines = new TreeSet<>();
    Set<String> ids = new TreeSet<>();
    for (JsonNode row : Written.jsonLines(output, "annotations")) {
      lines.add(sorted(row));
      ids.add(row.get("segment_id").asText());
    }
    Set<String> parquet = new TreeSet<>();
    Written.parquet(output, "annotations").forEach(row -> parquet.add(sorted(row)));
    assertTrue(ids.size() >= 4, ids.toString());
    assertEquals(lines, parquet);
    Set<String> embedded = new TreeSet<>();
    for (JsonNode row : Written.parquet(output, "embeddings")) {
      embedded.add(row.get("segment_id").asText());
      double squares = 0;
      for (JsonNode value : row.get("vector")) {
        squares += value.asDouble() * value.asDouble();
      }
      assertEquals(1, squares, 1e-4);
    }
    assertEquals(ids, embedded);
  }

  /** The order of a map's entries is not kept by Parquet. */
  private static String sorted(JsonNode row) {
    Map<String, String> fields = new TreeMap<>();
    row.fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue();
              Map<String, String> entries = new TreeMap<>();
              value.fields().forEachRemaining(e -> entries.put(e.getKey(), e.getValue().asText()));
              fields.put(field.getKey(), value.isObject() ? entries.toString() : value.asText());
            });
    return fields.toString();
  }

  @Test
  void withoutSummariesNothingIsSummedUp() {
    AnnotateSpeech.Result result =
        Pipeline.create()
            .apply(Create.of(samples()).withCoder(RecordingCoder.of()))
            .apply(AnnotateSpeech.with(Bundles.BUNDLED).withSummaries(false));

    assertNull(result.summaries());
    assertFalse(result.toTuple().has(WriteAnnotations.RECORDINGS));
    assertTrue(result.toTuple().has(WriteAnnotations.SCORES));
  }

  @Exhaustive
  @Test
  void metadataIsPassedThroughAndSplitChannelsAreAnnotatedApart(TestPipeline pipeline)
      throws IOException {
    Map<String, String> metadata = Map.of("agent", "Zoë", "call", "17");
    Recording mono =
        Recording.file(SAMPLES.resolve("german-male-44k.m4a").toString()).withMetadata(metadata);
    Recording stereo = Recording.file(ENCODINGS.resolve("wav_s16_44k_stereo.wav").toString());

    Path output =
        annotate(
            pipeline,
            List.of(mono, stereo),
            DecodeAudio.recordings()
                .withSegmenter(Segmenter.whole())
                .withChannels(ChannelMode.SPLIT));

    List<JsonNode> rows = new ArrayList<>(Written.jsonLines(output, "annotations"));
    rows.addAll(Written.parquet(output, "annotations"));
    rows.addAll(Written.parquet(output, "embeddings"));
    assertEquals(3 * 3, rows.size());
    for (JsonNode row : of(mono, rows)) {
      assertEquals(2, row.get("metadata").size());
      assertEquals("Zoë", row.get("metadata").get("agent").asText());
      assertEquals("17", row.get("metadata").get("call").asText());
    }
    assertEquals(Set.of(0), channels(of(mono, rows)));
    assertEquals(Set.of(0, 1), channels(of(stereo, rows)));
    assertEquals(Set.of(0, 1), channels(of(stereo, Written.jsonLines(output, "recordings"))));
  }

  private static List<JsonNode> of(Recording recording, List<JsonNode> rows) {
    return rows.stream()
        .filter(row -> row.get("recording").asText().equals(recording.id()))
        .toList();
  }

  private static Set<Integer> channels(List<JsonNode> rows) {
    Set<Integer> channels = new TreeSet<>();
    rows.forEach(row -> channels.add(row.get("channel").asInt()));
    return channels;
  }

  @Test
  void givenSpansBecomeSegmentsAndASpanAfterTheEndAFailure(TestPipeline pipeline)
      throws IOException {
    String conversation = SAMPLES.resolve("conversation.ogg").toString();
    Recording recording =
        Recording.file(conversation)
            .withSpans(List.of(new Span(1, 3.5), new Span(3, 5.25), new Span(60, 99)));

    Path output =
        annotate(
            pipeline,
            List.of(recording),
            DecodeAudio.recordings().withSegmenter(Segmenter.spans()));

    Set<String> ids = new TreeSet<>();
    Written.jsonLines(output, "annotations").forEach(r -> ids.add(r.get("segment_id").asText()));
    assertEquals(Set.of(conversation + "#0:1000-3500", conversation + "#0:3000-5250"), ids);
    List<JsonNode> failures = Written.jsonLines(output, "failures");
    assertEquals(1, failures.size());
    assertEquals("UNFIT", failures.get(0).get("kind").asText());
    assertEquals(60, failures.get(0).get("start_s").asDouble());
  }
}
