package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.FloatWav;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Silence and noise get no label: each segment is one failure with a reason. */
@ExtendWith(TestPipelineExtension.class)
final class SilenceIT {
  private static final int RATE = 16_000;

  @TempDir private Path folder;

  private static List<Recording> recordings() {
    float[] offset = new float[5 * RATE];
    float[] noise = new float[5 * RATE];
    float[] hum = new float[5 * RATE];
    Random random = new Random(1);
    for (int i = 0; i < offset.length; i++) {
      offset[i] = 0.25f;
      noise[i] = (float) (0.03 * random.nextGaussian());
      hum[i] = (float) (0.1 * Math.sin(2 * Math.PI * 50 * i / RATE));
    }
    List<Span> spans = List.of(new Span(0, 2), new Span(1.5, 4.5));
    return List.of(
        Recording.bytes("zeros", FloatWav.of(RATE, new float[5 * RATE])).withSpans(spans),
        Recording.bytes("offset", FloatWav.of(RATE, offset)).withSpans(spans),
        Recording.bytes("noise", FloatWav.of(RATE, noise)).withSpans(spans),
        Recording.bytes("hum", FloatWav.of(RATE, hum)).withSpans(spans));
  }

  static Stream<Arguments> segmenters() {
    return Stream.of(
        Arguments.of(Segmenter.whole(), 1),
        Arguments.of(Segmenter.fixedWindows(2, 2), 3),
        Arguments.of(Segmenter.spans(), 2));
  }

  @ParameterizedTest
  @MethodSource("segmenters")
  void getsAReasonInsteadOfALabel(Segmenter segmenter, int segments, TestPipeline pipeline)
      throws IOException {
    pipeline
        .apply(Create.of(recordings()).withCoder(RecordingCoder.of()))
        .apply(
            AnnotateSpeech.with(Bundles.BUNDLED)
                .withDecoding(DecodeAudio.recordings().withSegmenter(segmenter)))
        .toTuple()
        .apply(WriteAnnotations.to(folder.toString()));
    pipeline.run().waitUntilFinish();

    assertEquals(List.of(), Written.jsonLines(folder, "annotations"));
    Set<String> items = new TreeSet<>();
    for (JsonNode failure : Written.jsonLines(folder, "failures")) {
      assertEquals("NO_SPEECH", failure.get("kind").asText());
      assertTrue(failure.get("message").asText().startsWith("The segment "), failure.toString());
      items.add(failure.get("item").asText());
    }
    assertEquals(4 * segments, items.size(), items.toString());
    List<JsonNode> rows = Written.jsonLines(folder, "recordings");
    assertEquals(4, rows.size());
    rows.forEach(row -> assertEquals(0, row.get("segments").asInt()));
    JsonNode summary = Written.summary(folder);
    assertEquals(4, summary.get("recordings").asInt());
    assertEquals(0, summary.get("failed_recordings").asInt());
    assertEquals(4 * segments, summary.get("unjudged_segments").asInt());
  }
}
