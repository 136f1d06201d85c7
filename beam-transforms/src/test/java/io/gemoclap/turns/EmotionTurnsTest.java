package io.gemoclap.turns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
final class EmotionTurnsTest {
  private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
  private static final Duration MINUTE = Duration.standardMinutes(1);
  private static final IntervalWindow FIRST = new IntervalWindow(NINE, MINUTE);

  /** Each segment alone decides. */
  private static final EmotionTurns UNSMOOTHED =
      EmotionTurns.create().withStayProbability(0.5).withMinimumSeconds(0);

  private static EmotionScores.Builder segment(double start, double end, double anger) {
    return EmotionScores.builder()
        .setRecording("r")
        .setSegmentId("r#" + start)
        .setChannel(0)
        .setStartSeconds(start)
        .setEndSeconds(end)
        .setEmotion(anger >= 0.5 ? "angry" : "calm")
        .setConfidence(Math.max(anger, 1 - anger))
        .setAbstained(false)
        .setScores(List.of(LabelScore.of("angry", anger), LabelScore.of("calm", 1 - anger)))
        .setGender("")
        .setGenderScores(List.of())
        .setModelId("m")
        .setLabelSet("l")
        .setMetadata(Map.of());
  }

  private static EmotionScores spoken(String speaker, double start, double end, double anger) {
    return segment(start, end, anger)
        .setSegmentId("r#" + speaker + start)
        .setMetadata(Map.of("speaker", speaker))
        .build();
  }

  private static EmotionTurn.Builder turn(
      double start, double end, String emotion, double anger, String... segments) {
    return EmotionTurn.builder()
        .setRecording("r")
        .setChannel(0)
        .setSpeaker("")
        .setStartSeconds(start)
        .setEndSeconds(end)
        .setEmotion(emotion)
        .setConfidence(emotion.equals("angry") ? anger : 1 - anger)
        .setAbstained(false)
        .setScores(List.of(LabelScore.of("angry", anger), LabelScore.of("calm", 1 - anger)))
        .setSegmentIds(List.of(segments))
        .setModelId("m")
        .setLabelSet("l")
        .setMetadata(Map.of());
  }

  private static List<EmotionTurn> turns(EmotionTurns settings, EmotionScores... segments) {
    return new TurnsOfVoice(settings.smoother(), settings.abstainBelow()).of(List.of(segments));
  }

  @Test
  void scoresAreMeansWeightedByDuration() {
    Instant later = NINE.plus(MINUTE);
    assertEquals(
        List.of(turn(1, 7, "angry", 0.8125, "r#1.0", "r#4.0").setEventTime(NINE).build()),
        turns(
            EmotionTurns.create(),
            segment(4, 7, 0.875).setEventTime(NINE).build(),
            segment(1, 2, 0.625).setEventTime(later).build()));
  }

  @Test
  void metadataIsWhatAllSegmentsShare() {
    List<EmotionTurn> turns =
        turns(
            EmotionTurns.create(),
            segment(0, 1, 0.9).setMetadata(Map.of("agent", "Kim", "part", "1")).build(),
            segment(1, 2, 0.9).setMetadata(Map.of("agent", "Kim", "part", "2")).build());
    assertEquals(Map.of("agent", "Kim"), turns.get(0).getMetadata());
  }

  @Test
  void theSameSegmentTwiceCountsOnce() {
    EmotionScores twice = segment(0, 1, 0.75).build();
    assertEquals(
        List.of(turn(0, 2, "angry", 0.625, "r#0.0", "r#1.0").build()),
        turns(UNSMOOTHED.withStayProbability(0.99), twice, twice, segment(1, 2, 0.5).build()));
  }

  /**
   * Cut to the best, "angry" 0.4 leaves 0.6, but a label that was cut off had at most 0.4; and
   * "calm" 0.75 leaves 0.25.
   */
  @Test
  void labelsThatWereCutOffShareTheRestButNoneIsLikelierThanWhatWasKept() {
    List<EmotionTurn> turns =
        turns(
            UNSMOOTHED.withStayProbability(0.9),
            segment(0, 1, 0).setScores(List.of(LabelScore.of("angry", 0.4))).build(),
            segment(1, 2, 0).setScores(List.of(LabelScore.of("calm", 0.75))).build());
    assertEquals(1, turns.size());
    assertEquals(
        List.of(LabelScore.of("angry", (0.4 + 0.25) / 2), LabelScore.of("calm", (0.4 + 0.75) / 2)),
        turns.get(0).getScores());
    assertEquals("calm", turns.get(0).getEmotion());
  }

  @Test
  void threeLabelsShareTheRestEvenly() {
    List<EmotionTurn> turns =
        turns(
            UNSMOOTHED,
            segment(0, 1, 0)
                .setScores(
                    List.of(
                        LabelScore.of("angry", 0.25),
                        LabelScore.of("calm", 0.5),
                        LabelScore.of("sad", 0.25)))
                .build(),
            segment(1, 2, 0).setScores(List.of(LabelScore.of("calm", 0.75))).build());
    assertEquals(
        List.of(
            LabelScore.of("angry", (0.25 + 0.125) / 2),
            LabelScore.of("calm", (0.5 + 0.75) / 2),
            LabelScore.of("sad", (0.25 + 0.125) / 2)),
        turns.get(0).getScores());
  }

  @Test
  void abstainedSegmentsTakePartAndATurnOfThemIsAbstained() {
    EmotionScores unsure = segment(0, 3, 0.55).setAbstained(true).build();
    EmotionScores sure = segment(3, 5, 0.9).build();
    EmotionTurn turn = turns(EmotionTurns.create(), unsure, sure).get(0);
    assertEquals(List.of("r#0.0", "r#3.0"), turn.getSegmentIds());
    assertTrue(turn.getAbstained(), "3 of 5 seconds are uncertain");
    EmotionTurn longer = turns(EmotionTurns.create(), unsure, segment(3, 6, 0.9).build()).get(0);
    assertFalse(longer.getAbstained(), "3 of 6 seconds are certain");
  }

  @Test
  void aTurnWithAnotherLabelThanMostOfItsSegmentsIsAbstained() {
    EmotionTurns sticky = EmotionTurns.create().withStayProbability(0.99);
    EmotionTurn turn =
        turns(
                sticky,
                segment(0, 1, 0.999).build(),
                segment(1, 2, 0.4).build(),
                segment(2, 3, 0.4).build())
            .get(0);
    assertEquals("angry", turn.getEmotion());
    assertTrue(turn.getAbstained());
  }

  @Test
  void aThresholdIsComparedWithTheMeanConfidence() {
    EmotionScores[] segments = {
      segment(0, 1, 0.5).setAbstained(true).build(), segment(1, 2, 1).build()
    };
    assertFalse(turns(UNSMOOTHED.withAbstainBelow(0.75), segments).get(0).getAbstained());
    assertTrue(turns(UNSMOOTHED.withAbstainBelow(0.7501), segments).get(0).getAbstained());
    assertFalse(turns(UNSMOOTHED.withAbstainBelow(0), segments).get(0).getAbstained());
  }

  @Test
  void segmentsWithoutScoresAreRefused() {
    EmotionScores none = segment(0, 1, 0.5).setScores(List.of()).build();
    String message =
        assertThrows(IllegalArgumentException.class, () -> turns(UNSMOOTHED, none)).getMessage();
    assertTrue(message.contains("'r'"), message);
  }

  @Test
  void speakersChannelsRecordingsLabelSetsAndModelsStayApart(TestPipeline pipeline) {
    List<EmotionScores> segments = new ArrayList<>();
    segments.add(spoken("Ada", 0, 1, 0.75));
    segments.add(spoken("Bo", 1, 2, 0.75));
    segments.add(spoken("Ada", 2, 3, 0.75));
    segments.add(segment(3, 4, 0.75).build());
    segments.add(segment(3, 4, 0.75).setChannel(1).build());
    segments.add(segment(3, 4, 0.75).setRecording("other").build());
    segments.add(segment(3, 4, 0.75).setLabelSet("others").build());
    segments.add(segment(3, 4, 0.75).setModelId("newer").build());
    PCollection<EmotionTurn> turns =
        pipeline.apply(Create.of(segments)).apply(EmotionTurns.create());
    PAssert.that(turns)
        .containsInAnyOrder(
            turn(0, 3, "angry", 0.75, "r#Ada0.0", "r#Ada2.0")
                .setSpeaker("Ada")
                .setMetadata(Map.of("speaker", "Ada"))
                .build(),
            turn(1, 2, "angry", 0.75, "r#Bo1.0")
                .setSpeaker("Bo")
                .setMetadata(Map.of("speaker", "Bo"))
                .build(),
            turn(3, 4, "angry", 0.75, "r#3.0").build(),
            turn(3, 4, "angry", 0.75, "r#3.0").setChannel(1).build(),
            turn(3, 4, "angry", 0.75, "r#3.0").setRecording("other").build(),
            turn(3, 4, "angry", 0.75, "r#3.0").setLabelSet("others").build(),
            turn(3, 4, "angry", 0.75, "r#3.0").setModelId("newer").build());
    pipeline.run();
  }

  @Test
  void noSegmentsHaveNoTurns(TestPipeline pipeline) throws Exception {
    PCollection<EmotionScores> none =
        pipeline.apply(
            Create.empty(pipeline.getSchemaRegistry().getSchemaCoder(EmotionScores.class)));
    PAssert.that(none.apply(EmotionTurns.create())).empty();
    pipeline.run();
  }

  private static TestStream.Builder<EmotionScores> stream(TestPipeline pipeline) throws Exception {
    return TestStream.create(pipeline.getSchemaRegistry().getSchemaCoder(EmotionScores.class))
        .advanceWatermarkTo(NINE);
  }

  private static TimestampedValue<EmotionScores> at(int second, EmotionScores.Builder segment) {
    return TimestampedValue.of(segment.build(), NINE.plus(Duration.standardSeconds(second)));
  }

  /** Two segments in time, then a late one between them. */
  private static TestStream<EmotionScores> withALateOne(TestPipeline pipeline) throws Exception {
    return stream(pipeline)
        .addElements(at(10, segment(0, 1, 0.75)), at(10, segment(2, 3, 0.75)))
        .advanceWatermarkTo(NINE.plus(MINUTE))
        .addElements(at(10, segment(1, 2, 0.125)))
        .advanceWatermarkToInfinity();
  }

  private static Window<EmotionScores> minutes() {
    return Window.<EmotionScores>into(FixedWindows.of(MINUTE))
        .triggering(
            AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1)))
        .withAllowedLateness(MINUTE.multipliedBy(10));
  }

  @Test
  void anAccumulatingLatePaneHasTheTurnsOfAllSegments(TestPipeline pipeline) throws Exception {
    PCollection<EmotionTurn> turns =
        pipeline
            .apply(withALateOne(pipeline))
            .apply(minutes().accumulatingFiredPanes())
            .apply(UNSMOOTHED);
    PAssert.that(turns)
        .inOnTimePane(FIRST)
        .containsInAnyOrder(turn(0, 3, "angry", 0.75, "r#0.0", "r#2.0").build());
    PAssert.that(turns)
        .inLatePane(FIRST)
        .containsInAnyOrder(
            turn(0, 1, "angry", 0.75, "r#0.0").build(),
            turn(1, 2, "calm", 0.125, "r#1.0").build(),
            turn(2, 3, "angry", 0.75, "r#2.0").build());
    pipeline.run();
  }

  @Test
  void aDiscardingLatePaneHasTheTurnsOfTheLateSegmentsAlone(TestPipeline pipeline)
      throws Exception {
    PCollection<EmotionTurn> turns =
        pipeline
            .apply(withALateOne(pipeline))
            .apply(minutes().discardingFiredPanes())
            .apply(UNSMOOTHED);
    PAssert.that(turns)
        .inOnTimePane(FIRST)
        .containsInAnyOrder(turn(0, 3, "angry", 0.75, "r#0.0", "r#2.0").build());
    PAssert.that(turns)
        .inLatePane(FIRST)
        .containsInAnyOrder(turn(1, 2, "calm", 0.125, "r#1.0").build());
    pipeline.run();
  }

  @Test
  void windowsEndTurnsAndWhatIsTooLateIsInNone(TestPipeline pipeline) throws Exception {
    PCollection<EmotionTurn> turns =
        pipeline
            .apply(
                stream(pipeline)
                    .addElements(at(50, segment(0, 1, 0.75)), at(70, segment(1, 2, 0.75)))
                    .advanceWatermarkTo(NINE.plus(MINUTE.multipliedBy(30)))
                    .addElements(at(10, segment(2, 3, 0.75)))
                    .advanceWatermarkToInfinity())
            .apply(minutes().accumulatingFiredPanes())
            .apply(UNSMOOTHED);
    PAssert.that(turns)
        .inWindow(FIRST)
        .containsInAnyOrder(turn(0, 1, "angry", 0.75, "r#0.0").build());
    PAssert.that(turns)
        .inWindow(new IntervalWindow(NINE.plus(MINUTE), MINUTE))
        .containsInAnyOrder(turn(1, 2, "angry", 0.75, "r#1.0").build());
    PAssert.that(turns)
        .satisfies(
            all -> {
              assertEquals(2, StreamSupport.stream(all.spliterator(), false).count());
              return null;
            });
    pipeline.run();
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    EmotionTurns turns = EmotionTurns.create();
    assertThrows(IllegalArgumentException.class, () -> turns.withStayProbability(1));
    assertThrows(IllegalArgumentException.class, () -> turns.withMinimumSeconds(-1));
    assertThrows(IllegalArgumentException.class, () -> turns.withMaximumGap(-1));
    assertThrows(IllegalArgumentException.class, () -> turns.withAbstainBelow(1.1));
    assertThrows(IllegalArgumentException.class, () -> turns.withAbstainBelow(Double.NaN));
  }
}
