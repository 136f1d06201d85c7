package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.SegmentRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One column, believed to be around 0 with deviation 1, weighing 2 segments. */
@ExtendWith(TestPipelineExtension.class)
final class NormalizeFeaturesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static NormalizeFeatures by(Normalization by) {
    return NormalizeFeatures.with(new NormalizationSpec(by, 2, List.of(0f), List.of(1f)));
  }

  private static SpeechFeatures segment(
      String recording, int channel, int start, String speaker, float value) {
    Map<String, String> metadata = speaker.isEmpty() ? Map.of() : Map.of("speaker", speaker);
    return new SpeechFeatures(
        new SegmentRef(recording, channel, start, start + 1, metadata),
        FeatureMatrix.of(1, 1, new float[] {value}),
        FeatureOrigin.of(FeatureSpec.waveform()));
  }

  private static TimestampedValue<SpeechFeatures> at(int seconds, SpeechFeatures segment) {
    return TimestampedValue.of(segment, NOON.plus(Duration.standardSeconds(seconds)));
  }

  /** A value standardised by n segments with mean m and variance v. */
  private static float z(double x, int n, double m, double v) {
    return (float) ((x - n * m / (n + 2)) / Math.sqrt((n * v + 2) / (n + 2)));
  }

  /** Expects values by the id of the segment and its speaker, each once. */
  private static void check(PCollection<SpeechFeatures> actual, Map<String, Float> expected) {
    PAssert.that(actual)
        .satisfies(
            all -> {
              Map<String, Float> values = new TreeMap<>();
              for (SpeechFeatures segment : all) {
                assertEquals(1, segment.matrix().frames());
                String speaker = segment.ref().metadata().getOrDefault("speaker", "-");
                Float twice =
                    values.put(segment.ref().id() + " " + speaker, segment.matrix().value(0, 0));
                assertEquals(null, twice, segment.ref().id());
              }
              assertEquals(new TreeMap<>(expected).keySet(), values.keySet());
              expected.forEach((id, value) -> assertEquals(value, values.get(id), 1e-6f, id));
              return null;
            });
  }

  /** Recording a: 1, 3 and, an hour later, 8: mean 4, variance 26/3. Its channel 1 and b: alone. */
  @Test
  void everyRecordingAndChannelIsMeasuredByItself(TestPipeline pipeline) {
    PCollection<SpeechFeatures> out =
        pipeline
            .apply(
                Create.of(
                    segment("a", 0, 0, "x", 1),
                    segment("b", 0, 0, "x", -10),
                    segment("a", 0, 10, "", 3),
                    segment("a", 1, 0, "x", 100),
                    segment("a", 0, 3600, "y", 8)))
            .apply(by(Normalization.RECORDING));

    check(
        out,
        Map.of(
            "a#0:0-1000 x", z(1, 3, 4, 26 / 3.0),
            "a#0:10000-11000 -", z(3, 3, 4, 26 / 3.0),
            "a#0:3600000-3601000 y", z(8, 3, 4, 26 / 3.0),
            "a#1:0-1000 x", z(100, 1, 100, 0),
            "b#0:0-1000 x", z(-10, 1, -10, 0)));
    pipeline.run();
  }

  /** Speaker x: 2 and 6 of two recordings; without a speaker, a's channel 0: 5 and 7. */
  @Test
  void aSpeakerIsOneGroupAcrossRecordingsAndWithoutOneTheRecordingIs(TestPipeline pipeline) {
    PCollection<SpeechFeatures> out =
        pipeline
            .apply(
                Create.of(
                    segment("a", 0, 0, "x", 2),
                    segment("b", 1, 0, "x", 6),
                    segment("a", 0, 10, "", 5),
                    segment("a", 0, 500, " ", 7),
                    segment("b", 0, 0, "a#0", -1)))
            .apply(by(Normalization.SPEAKER));

    check(
        out,
        Map.of(
            "a#0:0-1000 x", z(2, 2, 4, 4),
            "b#1:0-1000 x", z(6, 2, 4, 4),
            "a#0:10000-11000 -", z(5, 2, 6, 1),
            "a#0:500000-501000  ", z(7, 2, 6, 1),
            "b#0:0-1000 a#0", z(-1, 1, -1, 0)));
    pipeline.run();
  }

  /** Speaker x of a: 2 and 6; of b: 10; and speaker x of all other recordings: 20. */
  @Test
  void aSpeakerThatIsNamedInItsRecordingAloneIsAGroupOfIt(TestPipeline pipeline) {
    PCollection<SpeechFeatures> out =
        pipeline
            .apply(
                Create.of(
                    inRecording(segment("a", 0, 0, "x", 2)),
                    inRecording(segment("a", 1, 10, "x", 6)),
                    inRecording(segment("b", 0, 0, "x", 10)),
                    segment("c", 0, 0, "x", 20)))
            .apply(by(Normalization.SPEAKER));

    check(
        out,
        Map.of(
            "a#0:0-1000 x", z(2, 2, 4, 4),
            "a#1:10000-11000 x", z(6, 2, 4, 4),
            "b#0:0-1000 x", z(10, 1, 10, 0),
            "c#0:0-1000 x", z(20, 1, 20, 0)));
    pipeline.run();
  }

  private static SpeechFeatures inRecording(SpeechFeatures segment) {
    SegmentRef ref = segment.ref();
    Map<String, String> metadata = new HashMap<>(ref.metadata());
    metadata.put(NormalizeFeatures.SPEAKER_SCOPE, NormalizeFeatures.IN_RECORDING);
    return new SpeechFeatures(
        new SegmentRef(
            ref.recording(), ref.channel(), ref.startSeconds(), ref.endSeconds(), metadata),
        segment.matrix(),
        segment.origin());
  }

  @Test
  void levelNoneUsesOnlyThePrior(TestPipeline pipeline) {
    PCollection<SpeechFeatures> out =
        pipeline
            .apply(Create.of(segment("a", 0, 0, "x", 2), segment("a", 0, 1, "x", 6)))
            .apply(by(Normalization.NONE));

    check(out, Map.of("a#0:0-1000 x", 2f, "a#0:1000-2000 x", 6f));
    pipeline.run();
  }

  @Test
  void aSegmentThatIsNotFiniteSpoilsNoOther(TestPipeline pipeline) {
    PCollection<SpeechFeatures> out =
        pipeline
            .apply(
                Create.of(
                    segment("a", 0, 0, "", 2),
                    segment("a", 0, 1, "", Float.NaN),
                    segment("a", 0, 2, "", 6)))
            .apply(by(Normalization.RECORDING));

    check(
        out,
        Map.of(
            "a#0:0-1000 -", z(2, 2, 4, 4),
            "a#0:1000-2000 -", Float.NaN,
            "a#0:2000-3000 -", z(6, 2, 4, 4)));
    pipeline.run();
  }

  /** Tells the time and the window that a segment came out with, in seconds after noon. */
  static final class PlaceFn extends DoFn<SpeechFeatures, String> {
    @ProcessElement
    public void process(
        @Element SpeechFeatures segment,
        @Timestamp Instant timestamp,
        BoundedWindow window,
        OutputReceiver<String> out) {
      Duration since = new Duration(NOON, timestamp);
      Duration end = new Duration(NOON, window.maxTimestamp().plus(Duration.millis(1)));
      out.output(
          place(
              segment.ref().id(),
              (int) since.getStandardSeconds(),
              (int) end.getStandardSeconds(),
              segment.matrix().value(0, 0)));
    }
  }

  private static String place(String id, int at, int end, float value) {
    return "%s is %.4f at %d s in the window up to %d s".formatted(id, value, at, end);
  }

  @Test
  void boundedSegmentsKeepTimestampAndWindowWhichKeepsGroupsApart(TestPipeline pipeline) {
    PCollection<String> places =
        pipeline
            .apply(
                Create.timestamped(
                    at(5, segment("a", 0, 0, "", 2)),
                    at(7, segment("a", 0, 1, "", 6)),
                    at(70, segment("a", 0, 2, "", 9))))
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply(by(Normalization.RECORDING))
            .apply(ParDo.of(new PlaceFn()));

    PAssert.that(places)
        .containsInAnyOrder(
            place("a#0:0-1000", 5, 60, z(2, 2, 4, 4)),
            place("a#0:1000-2000", 7, 60, z(6, 2, 4, 4)),
            place("a#0:2000-3000", 70, 120, z(9, 1, 9, 0)));
    pipeline.run();
  }

  /** The corpus weighs 4 segments of an archive. */
  private static NormalizeFeatures hierarchy(Normalization by) {
    return NormalizeFeatures.with(new NormalizationSpec(by, 2, 4.0, List.of(0f), List.of(1f)));
  }

  /** Below an archive of n segments with mean m and variance v. */
  private static float below(double x, int n, double m, double v) {
    return (float) ((x - n * m / (n + 4)) / Math.sqrt((n * v + 4) / (n + 4)));
  }

  /** A group of one segment x below such an archive. */
  private static float alone(double x, int n, double m, double v) {
    double mean = n * m / (n + 4);
    double variance = (n * v + 4) / (n + 4);
    return (float) ((x - (x + 2 * mean) / 3) / Math.sqrt(2 * variance / 3));
  }

  /** All four: mean 4, variance 14; x: 2 and 6, mean 4 and variance 4. */
  @Test
  void theArchiveIsTheWholeInputAndStandsAboveItsGroups(TestPipeline pipeline) {
    PCollection<SpeechFeatures> segments =
        pipeline.apply(
            Create.of(
                segment("a", 0, 0, "x", 2),
                segment("b", 1, 0, "x", 6),
                segment("a", 0, 10, "", -1),
                segment("c", 0, 0, "y", 9)));

    check(
        segments.apply("Archive", hierarchy(Normalization.ARCHIVE)),
        Map.of(
            "a#0:0-1000 x", below(2, 4, 4, 14.5),
            "b#1:0-1000 x", below(6, 4, 4, 14.5),
            "a#0:10000-11000 -", below(-1, 4, 4, 14.5),
            "c#0:0-1000 y", below(9, 4, 4, 14.5)));
    double mean = (2 * 4 + 2 * 2) / 4.0;
    double deviation = Math.sqrt((2 * 4 + 2 * (4 * 14.5 + 4) / 8) / 4);
    check(
        segments.apply("Auto", hierarchy(Normalization.AUTO)),
        Map.of(
            "a#0:0-1000 x",
            (float) ((2 - mean) / deviation),
            "b#1:0-1000 x",
            (float) ((6 - mean) / deviation),
            "a#0:10000-11000 -",
            alone(-1, 4, 4, 14.5),
            "c#0:0-1000 y",
            alone(9, 4, 4, 14.5)));
    check(
        segments.apply("Recording", hierarchy(Normalization.RECORDING)),
        Map.of(
            "a#0:0-1000 x", z(2, 2, 0.5, 2.25),
            "b#1:0-1000 x", z(6, 1, 6, 0),
            "a#0:10000-11000 -", z(-1, 2, 0.5, 2.25),
            "c#0:0-1000 y", z(9, 1, 9, 0)));
    pipeline.run();
  }

  @Test
  void aGivenArchiveTakesThePlaceOfTheInput(TestPipeline pipeline) {
    GroupStatistics two =
        GroupStatistics.of(FeatureMatrix.of(1, 1, new float[] {14}))
            .plus(GroupStatistics.of(FeatureMatrix.of(1, 1, new float[] {22})));
    ArchiveStatistics archive = ArchiveStatistics.of(FeatureSpec.waveform(), 1, 1, two);
    PCollection<SpeechFeatures> segments =
        pipeline.apply(Create.of(segment("a", 0, 0, "x", 2), segment("b", 1, 0, "y", 6)));

    check(
        segments.apply("Archive", hierarchy(Normalization.ARCHIVE).withArchive(archive)),
        Map.of("a#0:0-1000 x", below(2, 2, 18, 16), "b#1:0-1000 y", below(6, 2, 18, 16)));
    check(
        segments.apply("Auto", hierarchy(Normalization.AUTO).withArchive(archive)),
        Map.of("a#0:0-1000 x", alone(2, 2, 18, 16), "b#1:0-1000 y", alone(6, 2, 18, 16)));
    pipeline.run();
  }

  /** The archive is unknown for ten seconds, and then knows the segments of all windows so far. */
  @Test
  void theArchiveOfAStreamIsARunningEstimate(TestPipeline pipeline) {
    TestStream<SpeechFeatures> stream =
        TestStream.create(SpeechFeaturesCoder.of())
            .advanceWatermarkTo(NOON)
            .addElements(at(5, segment("a", 0, 0, "", 2)), at(5, segment("b", 0, 0, "", 6)))
            .advanceProcessingTime(ArchiveLevel.RENEWED.plus(Duration.millis(1)))
            .advanceWatermarkTo(NOON.plus(Duration.standardSeconds(61)))
            .addElements(at(70, segment("a", 0, 1, "", 9)))
            .advanceProcessingTime(ArchiveLevel.RENEWED.plus(Duration.millis(1)))
            .addElements(at(71, segment("a", 0, 2, "", -1)))
            .advanceWatermarkToInfinity();

    PCollection<SpeechFeatures> out =
        pipeline
            .apply(stream)
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply(hierarchy(Normalization.ARCHIVE));

    check(
        out,
        Map.of(
            "a#0:0-1000 -",
            2f,
            "b#0:0-1000 -",
            6f,
            "a#0:1000-2000 -",
            below(9, 2, 4, 4),
            "a#0:2000-3000 -",
            below(-1, 3, 17 / 3.0, 74 / 9.0)));
    pipeline.run();
  }

  @Test
  void unboundedSegmentsUseEarlierStatistics(TestPipeline pipeline) {
    TestStream<SpeechFeatures> stream =
        TestStream.create(SpeechFeaturesCoder.of())
            .advanceWatermarkTo(NOON)
            .addElements(at(5, segment("a", 0, 0, "", 2)))
            .advanceProcessingTime(Duration.standardSeconds(1))
            .addElements(at(3, segment("b", 0, 0, "", -5)))
            .advanceProcessingTime(Duration.standardSeconds(1))
            .addElements(at(4, segment("a", 0, 1, "", 6)))
            .advanceWatermarkTo(NOON.plus(Duration.standardSeconds(61)))
            .addElements(at(70, segment("a", 0, 2, "", 9)))
            .advanceWatermarkToInfinity();

    PCollection<String> places =
        pipeline
            .apply(stream)
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply(by(Normalization.SPEAKER))
            .apply(ParDo.of(new PlaceFn()));

    PAssert.that(places)
        .containsInAnyOrder(
            place("a#0:0-1000", 5, 60, z(2, 1, 2, 0)),
            place("b#0:0-1000", 3, 60, z(-5, 1, -5, 0)),
            place("a#0:1000-2000", 4, 60, z(6, 2, 4, 4)),
            place("a#0:2000-3000", 70, 120, z(9, 1, 9, 0)));
    pipeline.run();
  }

  /** Two minutes without a segment, and then one; the watermark stays, and so does the window. */
  @Test
  void aGroupThatIsIdleIsForgotten(TestPipeline pipeline) {
    TestStream<SpeechFeatures> stream =
        TestStream.create(SpeechFeaturesCoder.of())
            .addElements(at(1, segment("a", 0, 0, "", 2)))
            .advanceProcessingTime(Duration.standardSeconds(59))
            .addElements(at(2, segment("a", 0, 1, "", 6)))
            .advanceProcessingTime(Duration.standardSeconds(59))
            .addElements(at(3, segment("a", 0, 2, "", 4)))
            .advanceProcessingTime(Duration.standardSeconds(61))
            .addElements(at(4, segment("a", 0, 3, "", 9)))
            .advanceWatermarkToInfinity();

    PCollection<SpeechFeatures> out =
        pipeline
            .apply(stream)
            .apply(by(Normalization.RECORDING).withIdleTimeout(Duration.standardMinutes(1)));

    check(
        out,
        Map.of(
            "a#0:0-1000 -", z(2, 1, 2, 0),
            "a#0:1000-2000 -", z(6, 2, 4, 4),
            "a#0:2000-3000 -", z(4, 3, 4, 8 / 3.0),
            "a#0:3000-4000 -", z(9, 1, 9, 0)));
    pipeline.run();
  }

  @Test
  void sessionsAreRejected() {
    PCollection<SpeechFeatures> sessions =
        TestPipeline.create()
            .apply(Create.of(segment("a", 0, 0, "", 2)))
            .apply(Window.into(Sessions.withGapDuration(Duration.standardMinutes(1))));

    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> sessions.apply(by(Normalization.RECORDING)));
    assertTrue(refused.getMessage().contains("neither merge nor fire early"));
  }

  @Test
  void displayDataDescribesIt() {
    String[] items =
        DisplayData.from(by(Normalization.SPEAKER)).items().stream()
            .map(item -> item.getKey() + "=" + item.getValue())
            .sorted()
            .toArray(String[]::new);
    assertArrayEquals(
        new String[] {"archive=of the input", "normalize=speaker", "priorWeight=2.0"}, items);
  }
}
