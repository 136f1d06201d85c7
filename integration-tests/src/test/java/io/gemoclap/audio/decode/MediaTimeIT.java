package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.AnnotateSpeech;
import io.gemoclap.Written;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.EncodedBytes;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Channels;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeNote;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sound that begins late, or pauses in its timestamps; {@code oracle/make-media-files.sh} wrote the
 * files. Sample {@code i} lies at media time {@code i / 16000}.
 */
@ExtendWith(TestPipelineExtension.class)
final class MediaTimeIT {
  private static final double TOLERANCE = 0.1;
  private static final double AUDIBLE = 0.01;

  @TempDir private Path folder;

  private static Channels decode(String name) throws DecodeException, IOException {
    return Channels.decode("/media/" + name, ChannelMode.MIX, StreamChoice.all());
  }

  @ParameterizedTest
  @ValueSource(strings = {"late.mp4", "late.mkv", "late.ts"})
  void soundThatBeginsAfterThePictureHasItsMediaTime(String name)
      throws DecodeException, IOException {
    Channels late = decode(name);
    assertEquals(3.5, late.seconds(0), TOLERANCE);
    assertEquals(3.5, late.report().decodedSeconds(), TOLERANCE);
    assertEquals(0, late.level(0, 0, 1.8));
    assertTrue(late.level(0, 2.1, 3.4) > AUDIBLE);
    assertTrue(late.noted(DecodeNote.LATE_START), late.report().toString());
    assertFalse(late.report().truncated());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gap.mka", "gap_opus.webm", "gap.mp4"})
  void soundAfterAGapHasItsMediaTime(String name) throws DecodeException, IOException {
    Channels gap = decode(name);
    assertEquals(2.1, gap.seconds(0), TOLERANCE);
    assertTrue(gap.level(0, 0, 0.5) > AUDIBLE);
    assertEquals(0, gap.level(0, 0.6, 1.4), 1e-4);
    assertTrue(gap.level(0, 1.55, 2.1) > AUDIBLE);
    assertTrue(gap.noted(DecodeNote.GAPS), gap.report().toString());
    assertFalse(gap.report().truncated(), gap.report().toString());
  }

  @Test
  void aLateStartAndAGapAddUp() throws DecodeException, IOException {
    Channels both = decode("late_and_gap.mkv");
    assertEquals(4.1, both.seconds(0), TOLERANCE);
    assertEquals(0, both.level(0, 2.7, 3.4), 1e-4);
    assertTrue(both.level(0, 3.6, 4.1) > AUDIBLE);
    assertTrue(both.noted(DecodeNote.LATE_START));
    assertTrue(both.noted(DecodeNote.GAPS));
  }

  @Test
  void aSegmentOfTheWholeRecordingBeginsWithTheSound() throws DecodeException, IOException {
    List<Long> starts = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    Segmenter.Session session = Segmenter.whole().open(16_000, List.of());
    Segmenter.Out out =
        new Segmenter.Out() {
          @Override
          public void emit(long startSample, float[] samples) {
            starts.add(startSample);
            lengths.add(samples.length);
          }

          @Override
          public void missed(Span span, String reason) {
            throw new AssertionError(reason);
          }
        };
    SampleSink sink =
        new SampleSink() {
          @Override
          public void begin(int channels) {}

          @Override
          public void accept(int channel, float[] samples, int length) throws DecodeException {
            session.accept(samples, length, out);
          }

          @Override
          public void silence(int channel, int length) throws DecodeException {
            session.silence(length, out);
          }
        };
    try (EncodedBytes file = EncodedBytes.of(Channels.bytes("/media/late.mp4"))) {
      new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000).decode(file, "", sink);
    }
    session.finish(out);
    assertEquals(1, starts.size());
    assertEquals(2 * 16_000, starts.get(0), TOLERANCE * 16_000);
    assertEquals(1.5 * 16_000, lengths.get(0), TOLERANCE * 16_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"late.mp4", "late_and_gap.mkv"})
  void aChildProcessDecodesTheSame(String name) throws DecodeException, IOException {
    Channels here = decode(name);
    Channels isolated =
        Channels.decode(
            Channels.bytes("/media/" + name),
            ChannelMode.MIX,
            StreamChoice.all(),
            DecoderIsolation.isolated());
    assertEquals(here.report(), isolated.report());
    assertEquals(here.level(0), isolated.level(0));
  }

  /** Ways to cut, and where the first segment of sound that begins at 2 s then starts. */
  static Stream<Arguments> segmenters() {
    return Stream.of(
        Arguments.of(Segmenter.whole(), 2.0, TOLERANCE),
        Arguments.of(Segmenter.voiceActivity(), 2.0, 0.25),
        Arguments.of(Segmenter.fixedWindows(1, 0.5), 1.5, 0.5),
        Arguments.of(Segmenter.spans(), 2.25, 0.0));
  }

  @ParameterizedTest
  @MethodSource("segmenters")
  void aWrittenRowHasMediaTime(
      Segmenter segmenter, double start, double tolerance, TestPipeline pipeline)
      throws IOException {
    Recording late =
        Recording.bytes("late", Channels.bytes("/media/late.mp4"))
            .withSpans(List.of(new Span(2.25, 3.25)));
    pipeline
        .apply(Create.of(List.of(late)).withCoder(RecordingCoder.of()))
        .apply(
            AnnotateSpeech.with(Bundles.BUNDLED)
                .withDecoding(DecodeAudio.recordings().withSegmenter(segmenter)))
        .toTuple()
        .apply(WriteAnnotations.to(folder.toString()));
    pipeline.run().waitUntilFinish();

    List<JsonNode> rows = Written.jsonLines(folder, "annotations");
    assertFalse(rows.isEmpty());
    double first = rows.stream().mapToDouble(row -> row.get("start_s").asDouble()).min().orElse(-1);
    assertEquals(start, first, tolerance);
    for (JsonNode row : rows) {
      double from = row.get("start_s").asDouble();
      assertTrue(from >= 1 && row.get("end_s").asDouble() <= 3.6, row.toString());
      assertTrue(row.get("segment_id").asText().contains("#0:" + Math.round(from * 1000) + "-"));
    }
  }
}
