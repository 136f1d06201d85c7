package io.gemoclap.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.failure.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each setting of {@link DecodeAudio} has its effect on one stereo recording of 2.11 s. */
@ExtendWith(TestPipelineExtension.class)
final class DecodeAudioIT {
  private static final Path STEREO =
      Path.of("examples", "samples", "german-male-48k-stereo.wav").toAbsolutePath();
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

  /** Noise at two levels: a step that voice activity takes for speech, and syllables in noise. */
  private static Recording noisy() {
    Random random = new Random(1);
    float[] samples = new float[20 * 16_000];
    for (int i = 0; i < samples.length; i++) {
      double seconds = i / 16_000.0;
      double loud = seconds >= 3 && seconds < 7 ? 0.03 : 0.003;
      double voice = seconds < 12 ? 0 : 0.01 * Math.pow(Math.sin(2 * Math.PI * 2 * seconds), 2);
      samples[i] =
          (float) (loud * random.nextGaussian() + voice * Math.sin(2 * Math.PI * 300 * seconds));
    }
    return Recording.bytes("noisy", FloatWav.of(16_000, samples));
  }

  /** Segments and failures of the noisy recording, each after a name for the way. */
  private static PCollection<String> outcome(
      TestPipeline pipeline, String name, Segmenter segmenter, Recording... recordings) {
    DecodeAudio.Result result =
        pipeline
            .apply(name, Create.of(List.of(recordings)).withCoder(RecordingCoder.of()))
            .apply("Decode" + name, DecodeAudio.recordings().withSegmenter(segmenter));
    return PCollectionList.of(
            result
                .segments()
                .apply(
                    "Segments" + name,
                    MapElements.into(TypeDescriptors.strings()).via(s -> s.ref().id())))
        .and(
            result
                .failures()
                .apply(
                    "Failures" + name,
                    MapElements.into(TypeDescriptors.strings())
                        .via(f -> f.getItem() + " " + f.getKindName())))
        .apply("Outcome" + name, Flatten.pCollections())
        .apply("Noisy" + name, Filter.by(item -> item.startsWith("noisy")))
        .apply("Name" + name, MapElements.into(TypeDescriptors.strings()).via(i -> name + i));
  }

  /** With split channels, out of its own; out of the mixed signal otherwise. */
  @ParameterizedTest
  @EnumSource(ChannelMode.class)
  void segmentsHaveTheSpeakersAndChannelsOfTheirSpans(ChannelMode mode, TestPipeline pipeline) {
    Recording recording =
        Recording.file(STEREO.toString())
            .withMetadata(Map.of("call", "7"))
            .withSpans(
                List.of(
                    new Span(0.2, 1.2, "Ada", 0), new Span(0.5, 1.5, "Bo", 1), new Span(0.8, 1.8)));
    PCollection<String> segments =
        pipeline
            .apply(Create.of(recording).withCoder(RecordingCoder.of()))
            .apply(DecodeAudio.recordings().withSegmenter(Segmenter.spans()).withChannels(mode))
            .segments()
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        s ->
                            s.ref().id().replaceFirst(".*#", "")
                                + " "
                                + new TreeMap<>(s.ref().metadata())));
    List<String> expected =
        mode == ChannelMode.MIX
            ? List.of(
                "0:200-1200 {call=7, speaker=Ada}",
                "0:500-1500 {call=7, speaker=Bo}",
                "0:800-1800 {call=7}")
            : List.of(
                "0:200-1200 {call=7, speaker=Ada}",
                "1:500-1500 {call=7, speaker=Bo}",
                "0:800-1800 {call=7}",
                "1:800-1800 {call=7}");
    PAssert.that(segments).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aRecordingWithoutTimesIsCutAlikeBesideOthersWithTimes(TestPipeline pipeline) {
    Recording timed = Recording.file(STEREO.toString()).withSpans(List.of(new Span(0.5, 1.5)));
    PCollection<String> alone = outcome(pipeline, "Alone:", Segmenter.voiceActivity(), noisy());
    PCollection<String> mixed = outcome(pipeline, "Mixed:", Segmenter.spans(), noisy(), timed);
    PAssert.that(PCollectionList.of(alone).and(mixed).apply("Both", Flatten.pCollections()))
        .satisfies(
            all -> {
              Map<String, Set<String>> byWay = new TreeMap<>();
              for (String item : all) {
                String[] parts = item.split(":", 2);
                byWay.computeIfAbsent(parts[0], way -> new TreeSet<>()).add(parts[1]);
              }
              assertTrue(byWay.get("Alone").size() > 1, byWay.toString());
              assertEquals(byWay.get("Alone"), byWay.get("Mixed"));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
