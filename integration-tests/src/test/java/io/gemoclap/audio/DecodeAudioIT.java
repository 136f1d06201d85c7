package io.gemoclap.audio;

import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.failure.Failure;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each setting of {@link DecodeAudio} has its effect on one stereo recording of 2.11 s. */
@ExtendWith(TestPipelineExtension.class)
final class DecodeAudioIT {
  private static final Path STEREO =
      Path.of("examples", "samples", "de_male_angry.wav").toAbsolutePath();
  private static final DecodeAudio WHOLE =
      DecodeAudio.recordings().withSegmenter(Segmenter.whole());

  private static DecodeAudio.Result decode(TestPipeline pipeline, DecodeAudio decode) {
    return pipeline
        .apply(Create.of(List.of(Recording.file(STEREO.toString()))).withCoder(RecordingCoder.of()))
        .apply(decode);
  }

  private static PCollection<String> places(DecodeAudio.Result result) {
    return result
        .segments()
        .apply(
            MapElements.into(TypeDescriptors.strings())
                .via(s -> s.ref().channel() + " from " + s.ref().startSeconds()));
  }

  @Test
  void withSegmenterCutsElsewhere(TestPipeline pipeline) {
    DecodeAudio windows = DecodeAudio.recordings().withSegmenter(Segmenter.fixedWindows(1, 0.5));
    PAssert.that(places(decode(pipeline, windows)))
        .containsInAnyOrder("0 from 0.0", "0 from 0.5", "0 from 1.0", "0 from 1.5");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withChannelsSplitGivesEachChannelItsSegments(TestPipeline pipeline) {
    PAssert.that(places(decode(pipeline, WHOLE.withChannels(ChannelMode.SPLIT))))
        .containsInAnyOrder("0 from 0.0", "1 from 0.0");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withSampleRateSetsTheRateOfTheSegments(TestPipeline pipeline) {
    PAssert.that(
            decode(pipeline, WHOLE.withSampleRate(8_000))
                .segments()
                .apply(MapElements.into(TypeDescriptors.integers()).via(s -> s.sampleRate())))
        .containsInAnyOrder(8_000);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withLimitsRefusesALongerRecording(TestPipeline pipeline) {
    DecoderLimits aSecond = DecoderLimits.defaults().withMaxSeconds(1);
    PAssert.that(
            decode(pipeline, WHOLE.withLimits(aSecond))
                .failures()
                .apply(MapElements.into(TypeDescriptors.strings()).via(Failure::getKindName)))
        .containsInAnyOrder("LIMIT");
    pipeline.run().waitUntilFinish();
  }
}
