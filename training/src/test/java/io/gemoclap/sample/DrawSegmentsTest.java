package io.gemoclap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.score.EmotionScores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The passes over the annotations, and the choice from what they find. */
@ExtendWith(TestPipelineExtension.class)
final class DrawSegmentsTest {
  private static final Grouping EMOTION = new Grouping(Grouping.EMOTION);

  private static List<EmotionScores> archive() {
    List<EmotionScores> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Map<String, String> metadata = i % 3 == 0 ? Map.of("station", "s" + i % 2) : Map.of();
      rows.add(
          Scored.segment(
              "tape" + i % 20, i, i % 10 == 0 ? "fear" : "joy", (i * 37 % 300) / 300.0, metadata));
    }
    return rows;
  }

  private static SortedMap<String, Long> groups() {
    return new TreeMap<>(Map.of("fear", 30L, "joy", 270L));
  }

  private static DrawPlan plan(long seed) {
    return new DrawPlan(EMOTION, seed, Strata.plan(groups(), 20), 40, 100);
  }

  @Test
  void findsTheLeastHashesOfEachStratumAndTheLeastConfident() {
    List<EmotionScores> rows = archive();
    DrawPlan plan = plan(1);
    Draw draw = direct(rows, plan);
    for (int h = 0; h < 2; h++) {
      Stratum stratum = plan.strata().list().get(h);
      assertEquals(
          rows.stream()
              .filter(row -> row.getEmotion().equals(stratum.name()))
              .map(EmotionScores::getSegmentId)
              .sorted(Comparator.comparingLong(id -> Candidate.hash(id, 1)))
              .limit(stratum.sample())
              .toList(),
          draw.strata().get(h).stream().map(Candidate::segmentId).toList());
    }
    assertEquals(40, draw.uncertain().size());
    for (int i = 0; i < 40; i++) {
      assertEquals(i / 300.0, draw.uncertain().get(i).confidence());
    }
    assertEquals(100, draw.pool().size());
  }

  @Test
  void neitherTheOrderOfRowsNorTheWorkersMatter(TestPipeline pipeline) {
    List<EmotionScores> shuffled = archive();
    Collections.shuffle(shuffled, new Random(5));
    PAssert.that(pipeline.apply(Create.of(shuffled)).apply(DrawSegments.by(plan(1))))
        .containsInAnyOrder(Json.text(direct(archive(), plan(1))));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aDrawIsReadAsItWasWritten() throws JsonProcessingException {
    Draw draw = direct(archive(), plan(1));
    assertEquals(draw, new ObjectMapper().readValue(Json.text(draw), Draw.class));
  }

  /** The same without Beam. */
  private static Draw direct(List<EmotionScores> rows, DrawPlan plan) {
    List<Least> strata = new ArrayList<>();
    plan.strata().list().forEach(stratum -> strata.add(Least.byChance(stratum.sample())));
    Least uncertain = Least.byConfidence(plan.uncertain());
    Least pool = Least.byChance(plan.pool());
    for (EmotionScores row : rows) {
      Candidate candidate = Candidate.of(row, plan.grouping(), plan.seed());
      strata.get(plan.strata().index(candidate.group())).add(candidate);
      uncertain.add(candidate);
      pool.add(candidate);
    }
    return new Draw(strata.stream().map(Least::list).toList(), uncertain.list(), pool.list());
  }

  @Test
  void noSegmentIsChosenTwiceAndPartsHaveTheirSizes() {
    List<EmotionScores> rows = archive();
    Choice choice = new Choice(plan(1), direct(rows, plan(1)), 10);
    List<Embedded> embeddings = new ArrayList<>();
    Random random = new Random(3);
    for (String id : choice.forDiverse()) {
      double angle = random.nextDouble() * 2 * Math.PI;
      embeddings.add(
          Embedded.of(id, new float[] {(float) Math.cos(angle), (float) Math.sin(angle)}));
    }
    assertEquals(0, choice.addDiverse(10, embeddings));
    List<SampledSegment> chosen = choice.inListeningOrder();
    Map<Part, Integer> parts = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (SampledSegment segment : chosen) {
      parts.merge(segment.part(), 1, Integer::sum);
      ids.add(segment.segmentId());
      assertEquals(segment.emotion(), segment.stratum());
      assertEquals(segment.emotion().equals("fear") ? 30 : 270, segment.stratumSize());
      assertEquals(segment.emotion().equals("fear") ? 2 : 18, segment.stratumSample());
    }
    assertEquals(Map.of(Part.RANDOM, 20, Part.UNCERTAIN, 10, Part.DIVERSE, 10), parts);
    assertEquals(40, ids.size());
    assertTrue(
        chosen.subList(0, 20).stream().anyMatch(segment -> segment.part() != Part.RANDOM)
            && chosen.subList(0, 20).stream().anyMatch(segment -> segment.part() == Part.RANDOM),
        "the parts are mixed");
  }

  @Test
  void whereThePoolLacksEmbeddingsTheLeastCertainTakeTheirPlace() {
    Choice choice = new Choice(plan(1), direct(archive(), plan(1)), 10);
    assertEquals(10, choice.addDiverse(10, List.of()));
    assertEquals(40, choice.inListeningOrder().size());
  }

  @Test
  void anotherSeedChoosesOtherRandomSegments() {
    assertNotEquals(direct(archive(), plan(1)).strata(), direct(archive(), plan(2)).strata());
    assertEquals(
        direct(archive(), plan(1)).uncertain().get(0).segmentId(),
        direct(archive(), plan(2)).uncertain().get(0).segmentId());
  }

  @Test
  void everySegmentIsChosenAboutEquallyOften() {
    List<EmotionScores> rows = archive();
    Map<String, Integer> chosen = new HashMap<>();
    int draws = 600;
    for (long seed = 0; seed < draws; seed++) {
      direct(rows, plan(seed))
          .strata()
          .forEach(stratum -> stratum.forEach(c -> chosen.merge(c.segmentId(), 1, Integer::sum)));
    }
    // 2 of 30 and 18 of 270: 40 times on average, with a standard deviation of 6.1.
    assertEquals(300, chosen.size());
    chosen.forEach((id, times) -> assertEquals(40, times, 5 * 6.1, id));
  }

  @Test
  void countsGroupsAndColumns(TestPipeline pipeline) {
    PCollection<String> counts =
        pipeline.apply(Create.of(archive())).apply(CountSegments.by(new Grouping("station")));
    PAssert.that(counts)
        .containsInAnyOrder(
            Json.text(new Counted(Counted.Kind.GROUP, "s0", 50)),
            Json.text(new Counted(Counted.Kind.GROUP, "s1", 50)),
            Json.text(new Counted(Counted.Kind.GROUP, Grouping.NONE, 200)),
            Json.text(new Counted(Counted.Kind.COLUMN, "station", 100)),
            Json.text(new Counted(Counted.Kind.MODEL, "0123456789abcdef", 300)),
            Json.text(new Counted(Counted.Kind.LABEL_SET, "labels", 300)));
    pipeline.run().waitUntilFinish();
  }
}
