package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.FloatWav;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.write.OutputFormat;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Music gets a reason instead of a label, also beside speech; speech gets a label. */
@ExtendWith(TestPipelineExtension.class)
final class NotSpeechIT {
  private static final int RATE = 16_000;
  private static final Path SPEECH = Path.of("examples", "samples", "german-female-16k.wav");

  /** Where the speech begins: after eight seconds of music, and a second of silence. */
  private static final int SPEECH_SECOND = 9;

  private static final double[] SCALE = {262, 294, 330, 349, 392, 440, 494, 523};

  @TempDir private Path folder;

  private static float[] sound() throws IOException, DecodeException {
    float[] samples = new float[13 * RATE];
    for (int i = 0; i < 8 * RATE; i++) {
      int note = i / (RATE / 3);
      double decay = Math.exp(-6.0 * (i % (RATE / 3)) / RATE);
      double t = 2 * Math.PI * SCALE[note * 5 % SCALE.length] * i / RATE;
      samples[i] = (float) (0.2 * decay * (Math.sin(t) + 0.5 * Math.sin(2 * t)));
    }
    int[] end = {SPEECH_SECOND * RATE};
    SampleSink sink =
        new SampleSink() {
          @Override
          public void begin(int channels) {}

          @Override
          public void accept(int channel, float[] block, int length) {
            System.arraycopy(block, 0, samples, end[0], length);
            end[0] += length;
          }
        };
    try (AudioDecoder decoder = new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, RATE);
        SeekableByteChannel file = Files.newByteChannel(SPEECH)) {
      decoder.decode(file, "speech.wav", sink);
    }
    return samples;
  }

  static Stream<Arguments> segmenters() {
    return Stream.of(
        Arguments.of(Segmenter.voiceActivity(), 1),
        Arguments.of(Segmenter.fixedWindows(4, 4.5), 1),
        Arguments.of(Segmenter.spans(), 1));
  }

  private void annotate(TestPipeline pipeline, DecodeAudio decode) throws Exception {
    List<Span> spans = List.of(new Span(0, 4), new Span(3, 8), new Span(9, 11.7));
    Recording recording = Recording.bytes("mixed", FloatWav.of(RATE, sound())).withSpans(spans);
    pipeline
        .apply(Create.of(recording).withCoder(RecordingCoder.of()))
        .apply(AnnotateSpeech.with(Bundles.BUNDLED).withDecoding(decode))
        .toTuple()
        .apply(
            WriteAnnotations.to(folder.toString()).withFormats(EnumSet.allOf(OutputFormat.class)));
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @MethodSource("segmenters")
  void musicGetsAReasonAndSpeechALabel(Segmenter segmenter, int labelled, TestPipeline pipeline)
      throws Exception {
    annotate(pipeline, DecodeAudio.recordings().withSegmenter(segmenter));

    List<JsonNode> rows = Written.jsonLines(folder, "annotations");
    assertEquals(labelled, rows.size(), rows.toString());
    assertTrue(rows.get(0).get("end_s").asDouble() > SPEECH_SECOND, rows.toString());
    double probability = rows.get(0).get("speech_probability").asDouble();
    assertTrue(probability >= DecodeAudio.SPEECH_THRESHOLD && probability <= 1, rows.toString());
    assertEquals(
        probability,
        Written.parquet(folder, "annotations").get(0).get("speech_probability").asDouble());
    List<JsonNode> failures = Written.jsonLines(folder, "failures");
    assertFalse(failures.isEmpty());
    for (JsonNode failure : failures) {
      assertEquals("NO_SPEECH", failure.get("kind").asText());
      assertTrue(failure.get("start_s").asDouble() < 8, failure.toString());
      assertTrue(failure.get("message").asText().contains("not speech"), failure.toString());
    }
    JsonNode summary = Written.summary(folder);
    assertEquals(failures.size(), summary.get("unjudged_segments").asInt());
    JsonNode recording = Written.jsonLines(folder, "recordings").get(0);
    assertEquals(labelled, recording.get("segments").asInt());
  }

  @Test
  void withoutAThresholdMusicGetsALabelToo(TestPipeline pipeline) throws Exception {
    DecodeAudio decode = DecodeAudio.recordings().withSegmenter(Segmenter.spans());
    annotate(pipeline, decode.withSpeechThreshold(0));

    List<JsonNode> rows = Written.jsonLines(folder, "annotations");
    assertEquals(3, rows.size(), rows.toString());
    assertEquals(List.of(), Written.jsonLines(folder, "failures"));
    for (JsonNode row : rows) {
      boolean music = row.get("start_s").asDouble() < 8;
      double probability = row.get("speech_probability").asDouble();
      assertEquals(music, probability < DecodeAudio.SPEECH_THRESHOLD, row.toString());
    }
  }
}
