package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class EmotionSharesTest {
  private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
  private static final Duration MINUTE = Duration.standardMinutes(1);

  private static EmotionShares everyMinuteForTwo() {
    return EmotionShares.by("caller").withWindows(MINUTE.multipliedBy(2), MINUTE);
  }

  /** A segment of {@code seconds} whose speaker is angry with a probability of {@code anger}. */
  private static TimestampedValue<EmotionScores> segment(
      int second, String caller, double seconds, double anger) {
    EmotionScores scores =
        EmotionScores.builder()
            .setRecording("r")
            .setSegmentId("r#" + second)
            .setChannel(0)
            .setStartSeconds(1)
            .setEndSeconds(1 + seconds)
            .setEmotion(anger >= 0.5 ? "angry" : "calm")
            .setConfidence(Math.max(anger, 1 - anger))
            .setAbstained(false)
            .setScores(List.of(LabelScore.of("angry", anger), LabelScore.of("calm", 1 - anger)))
            .setGender("")
            .setGenderScores(List.of())
            .setModelId("m")
            .setLabelSet("l")
            .setMetadata(Map.of("caller", caller))
            .build();
    return TimestampedValue.of(scores, NINE.plus(Duration.standardSeconds(second)));
  }

  private static IntervalWindow window(int minute) {
    Instant start = NINE.plus(MINUTE.multipliedBy(minute));
    return new IntervalWindow(start, MINUTE.multipliedBy(2));
  }

  private static EmotionShare share(
      IntervalWindow window, String key, long segments, double seconds, double anger) {
    return EmotionShare.create(
        key,
        window.start(),
        window.end(),
        "l",
        segments,
        seconds,
        List.of(LabelScore.of("angry", anger), LabelScore.of("calm", 1 - anger)));
  }

  private static TestStream.Builder<EmotionScores> stream(TestPipeline pipeline) throws Exception {
    return TestStream.create(pipeline.getSchemaRegistry().getSchemaCoder(EmotionScores.class))
        .advanceWatermarkTo(NINE);
  }

  @Test
  void durationsWeighAndKeysStayApart(TestPipeline pipeline) throws Exception {
    PCollection<EmotionShare> shares =
        pipeline
            .apply(
                stream(pipeline)
                    .addElements(
                        segment(70, "Ada", 3, 1),
                        segment(80, "Ada", 1, 0),
                        segment(75, "Bo", 2, 0.25))
                    .advanceWatermarkToInfinity())
            .apply(everyMinuteForTwo());

    for (int minute = 0; minute <= 1; minute++) {
      PAssert.that(shares)
          .inOnTimePane(window(minute))
          .containsInAnyOrder(
              share(window(minute), "Ada", 2, 4, 0.75), share(window(minute), "Bo", 1, 2, 0.25));
    }
    pipeline.run();
  }

  @Test
  void aLateSegmentCorrectsItsWindowsAndOneThatIsTooLateDoesNot(TestPipeline pipeline)
      throws Exception {
    PCollection<EmotionShare> shares =
        pipeline
            .apply(
                stream(pipeline)
                    .addElements(segment(10, "Ada", 2, 1))
                    .advanceWatermarkTo(NINE.plus(MINUTE.multipliedBy(3)))
                    .addElements(segment(70, "Ada", 2, 0))
                    .advanceWatermarkTo(NINE.plus(MINUTE.multipliedBy(60)))
                    .addElements(segment(20, "Ada", 2, 0))
                    .advanceWatermarkToInfinity())
            .apply(everyMinuteForTwo().withAllowedLateness(MINUTE.multipliedBy(5)));

    PAssert.that(shares)
        .inOnTimePane(window(0))
        .containsInAnyOrder(share(window(0), "Ada", 1, 2, 1));
    PAssert.that(shares)
        .inLatePane(window(0))
        .containsInAnyOrder(share(window(0), "Ada", 2, 4, 0.5));
    PAssert.that(shares).inWindow(window(-1)).containsInAnyOrder(share(window(-1), "Ada", 1, 2, 1));
    pipeline.run();
  }

  @Test
  void withoutAllowedLatenessNothingIsCorrected(TestPipeline pipeline) throws Exception {
    PCollection<EmotionShare> shares =
        pipeline
            .apply(
                stream(pipeline)
                    .addElements(segment(10, "Ada", 2, 1))
                    .advanceWatermarkTo(NINE.plus(MINUTE.multipliedBy(3)))
                    .addElements(segment(30, "Ada", 2, 0))
                    .advanceWatermarkToInfinity())
            .apply(everyMinuteForTwo().withAllowedLateness(Duration.ZERO));

    PAssert.that(shares).inWindow(window(0)).containsInAnyOrder(share(window(0), "Ada", 1, 2, 1));
    pipeline.run();
  }

  /** A runner may sum up parts of a window on several workers. */
  @Test
  void sumsOfPartsOfAWindowAreAddedUp() {
    EmotionShares.SumFn fn = new EmotionShares.SumFn();
    EmotionShares.Sums one =
        fn.addInput(fn.createAccumulator(), segment(1, "Ada", 3, 1).getValue());
    EmotionShares.Sums two =
        fn.addInput(fn.createAccumulator(), segment(2, "Ada", 2, 0.25).getValue());
    EmotionShares.Sums merged = fn.mergeAccumulators(List.of(one, two));
    assertEquals(2, merged.segments);
    assertEquals(5, merged.seconds);
    assertEquals(Map.of("angry", 3.5, "calm", 1.5), merged.labels);
  }

  @Test
  void segmentsWithoutTheFieldCountUnderTheEmptyKey(TestPipeline pipeline) throws Exception {
    PCollection<EmotionShare> shares =
        pipeline
            .apply(
                stream(pipeline).addElements(segment(70, "Ada", 3, 1)).advanceWatermarkToInfinity())
            .apply(EmotionShares.by("agent").withWindows(MINUTE.multipliedBy(2), MINUTE));
    PAssert.that(shares).inWindow(window(0)).containsInAnyOrder(share(window(0), "", 1, 3, 1));
    pipeline.run();
  }

  @Test
  void windowsMustBePositiveAndLatenessNotNegative() {
    EmotionShares shares = EmotionShares.by("caller");
    assertThrows(IllegalArgumentException.class, () -> shares.withWindows(Duration.ZERO, MINUTE));
    assertThrows(IllegalArgumentException.class, () -> shares.withWindows(MINUTE, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> shares.withAllowedLateness(Duration.millis(-1)));
  }
}
