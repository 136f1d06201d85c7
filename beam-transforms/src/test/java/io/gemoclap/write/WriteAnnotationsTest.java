package io.gemoclap.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.score.RecordingSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each tag of the input has its own files, and no other. */
@ExtendWith(TestPipelineExtension.class)
final class WriteAnnotationsTest {
  @TempDir private Path folder;

  private static DecodedRecording decoded() {
    return DecodedRecording.builder()
        .setRecording("a")
        .setContainer("wav")
        .setCodec("pcm")
        .setSourceRate(16_000)
        .setChannels(1)
        .setSeconds(2)
        .setTruncated(true)
        .setBadPackets(0)
        .setNonFiniteSamples(0)
        .setSegments(0)
        .setMetadata(Map.of())
        .setOutputChannels(1)
        .setNotes(List.of("truncated"))
        .build();
  }

  private static RecordingSummary summary() {
    return RecordingSummary.builder()
        .setRecording("a")
        .setChannel(0)
        .setSegments(0)
        .setSpeechSeconds(0)
        .setRecordingSeconds(2)
        .setTruncated(true)
        .setEmotion("")
        .setScores(List.of())
        .setGender("")
        .setGenderScores(List.of())
        .setLabelSet("")
        .setModelId("")
        .setNotes(List.of("truncated"))
        .build();
  }

  /** Writes and lists the kinds of the files. */
  private Set<String> written(TestPipeline pipeline, PCollectionTuple input) throws IOException {
    input.apply(WriteAnnotations.to(folder.toString()));
    pipeline.run().waitUntilFinish();
    Set<String> kinds = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .forEach(name -> kinds.add(name.replaceFirst("(-\\d{5}-of-\\d{5})?\\.\\w+$", "")));
    }
    return kinds;
  }

  @Test
  void whatWasDecodedIsCountedAndGetsNoRows(TestPipeline pipeline) throws IOException {
    PCollectionTuple input =
        PCollectionTuple.of(WriteAnnotations.DECODED, pipeline.apply(Create.of(decoded())));
    assertEquals(Set.of("summary"), written(pipeline, input));
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    assertEquals(1, summary.get("recordings").asInt());
    assertEquals(2, summary.get("audio_seconds").asDouble());
    assertEquals(0, summary.get("segments").asInt());
    assertEquals("{\"truncated\":1}", summary.get("notes").toString());
    assertEquals("[]", summary.get("files").toString());
  }

  @Test
  void summariesOfRecordingsGetRowsAndAreNotCounted(TestPipeline pipeline) throws IOException {
    PCollectionTuple input =
        PCollectionTuple.of(WriteAnnotations.RECORDINGS, pipeline.apply(Create.of(summary())));
    assertEquals(Set.of("recordings"), written(pipeline, input));
  }

  @Test
  void kindsOfRowsMayHaveDifferentWindows(TestPipeline pipeline) throws IOException {
    Failure failure = Failure.of("DecodeAudio", FailureKind.CORRUPT, "b", "b", "It is bad");
    Window<Failure> minutes = Window.into(FixedWindows.of(Duration.standardMinutes(1)));
    PCollectionTuple input =
        PCollectionTuple.of(
                WriteAnnotations.RECORDINGS, pipeline.apply("Summaries", Create.of(summary())))
            .and(
                WriteAnnotations.FAILURES,
                pipeline.apply("Failed", Create.of(failure)).apply("Minutes", minutes));
    Set<String> kinds = written(pipeline, input);
    assertEquals(2, kinds.size(), kinds.toString());
    assertTrue(kinds.contains("recordings"), kinds.toString());
  }

  @Test
  void failuresGetRowsAndAreCountedBesideWhatWasDecoded(TestPipeline pipeline) throws IOException {
    Failure failure = Failure.of("DecodeAudio", FailureKind.CORRUPT, "b", "b", "It is bad");
    PCollectionTuple input =
        PCollectionTuple.of(
                WriteAnnotations.DECODED, pipeline.apply("Decoded", Create.of(decoded())))
            .and(WriteAnnotations.FAILURES, pipeline.apply("Failed", Create.of(failure)));
    assertEquals(Set.of("failures", "summary"), written(pipeline, input));
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    assertEquals(1, summary.get("failed_recordings").asInt());
  }

  @Test
  void failuresAloneGetRows(TestPipeline pipeline) throws IOException {
    Failure failure = Failure.of("DecodeAudio", FailureKind.CORRUPT, "b", "b", "It is bad");
    PCollectionTuple input =
        PCollectionTuple.of(WriteAnnotations.FAILURES, pipeline.apply(Create.of(failure)));
    assertEquals(Set.of("failures"), written(pipeline, input));
  }
}
