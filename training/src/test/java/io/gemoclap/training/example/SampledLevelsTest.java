package io.gemoclap.training.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.GroupStatistics;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Three voices of one column, around 0, 10 and 100. */
final class SampledLevelsTest {
  private static final List<Float> MIDDLES = List.of(0f, 10f, 100f);

  private static FeatureMatrix value(float value) {
    return FeatureMatrix.of(1, 1, new float[] {value});
  }

  private static Examples raw() {
    List<Example> examples = new ArrayList<>();
    for (int voice = 0; voice < MIDDLES.size(); voice++) {
      for (int i = 0; i < 8; i++) {
        float value = MIDDLES.get(voice) + i % 4;
        examples.add(
            new Example(
                Utterance.of("v" + voice + "-" + i, "v" + voice + "-" + i)
                    .speaker("v" + voice)
                    .build(),
                1,
                List.of(value(value), value(value + 1000))));
      }
    }
    return Examples.of(examples);
  }

  private static List<Float> read(Examples examples, int version, long seed) throws IOException {
    List<Float> values = new ArrayList<>();
    try (Examples.Reading reading = examples.read(new SplittableRandom(seed))) {
      reading.forEachRemaining(e -> values.add(e.versions().get(version).value(0, 0)));
    }
    return values;
  }

  private static NormalizedExamples normalized() throws IOException {
    return new NormalizedExamples(Normalization.AUTO, 1, 3, raw());
  }

  @Test
  void equalSeedsDrawEqualLevelsAndOthersOthers() throws IOException {
    Examples examples = normalized().examples();
    assertEquals(read(examples, 0, 7), read(examples, 0, 7));
    assertNotEquals(read(examples, 0, 7), read(examples, 0, 8));
  }

  /** Of one example, over many readings: the corpus alone, and many other levels. */
  @Test
  void everyLevelIsDrawn() throws IOException {
    NormalizedExamples normalized = normalized();
    NormalizationSpec prior = normalized.prior();
    assertTrue(prior.isHierarchical());
    GroupStatistics own = GroupStatistics.none();
    for (int i = 0; i < 8; i++) {
      own = own.plus(GroupStatistics.of(value(100 + i % 4)));
    }
    float corpus = prior.normalizer().normalize(value(100), GroupStatistics.none()).value(0, 0);
    float group = prior.normalizer().normalize(value(100), own).value(0, 0);
    float archive =
        prior
            .normalizer()
            .withArchive(own)
            .normalize(value(100), GroupStatistics.none())
            .value(0, 0);
    float both = prior.normalizer().withArchive(own).normalize(value(100), own).value(0, 0);
    int alone = 0;
    Set<Float> seen = new TreeSet<>();
    for (long seed = 0; seed < 400; seed++) {
      float z = read(normalized.examples(), 0, seed).get(16);
      alone += z == corpus ? 1 : 0;
      seen.add(z);
    }
    assertTrue(alone > 60 && alone < 140, "a quarter by the corpus alone, not " + alone);
    assertTrue(seen.containsAll(List.of(corpus, group, archive, both)), "" + seen);
    assertTrue(seen.size() > 20, "" + seen.size());
  }

  /** Copies are far away, so a copy that was measured by originals would be far from 0. */
  @Test
  void copiesAreMeasuredByCopies() throws IOException {
    NormalizedExamples normalized = normalized();
    Examples alike = normalized.alike(raw());
    List<Float> originals = read(alike, 0, 1);
    List<Float> copies = read(alike, 1, 1);
    float corpus =
        normalized.prior().normalizer().normalize(value(1000), GroupStatistics.none()).value(0, 0);
    for (int i = 0; i < originals.size(); i++) {
      assertTrue(Math.abs(copies.get(i) - originals.get(i)) < corpus, i + ": " + copies.get(i));
    }
  }

  @Test
  void otherPartsHaveEveryLevel() throws IOException {
    NormalizedExamples normalized = normalized();
    GroupStatistics all = GroupStatistics.none();
    GroupStatistics own = GroupStatistics.none();
    for (float middle : MIDDLES) {
      for (int i = 0; i < 8; i++) {
        GroupStatistics one = GroupStatistics.of(value(middle + i % 4));
        all = all.plus(one);
        own = middle == 10 ? own.plus(one) : own;
      }
    }
    float expected =
        normalized.prior().normalizer().withArchive(all).normalize(value(11), own).value(0, 0);
    assertEquals(expected, read(normalized.alike(raw()), 0, 1).get(9), 1e-5f);
  }

  @Test
  void knownSpeechDrawsOthersOnceAndNeverTheUtteranceItself() {
    KnownSpeech known = new KnownSpeech();
    for (int i = 0; i < 5; i++) {
      known.add("u" + i, GroupStatistics.of(value(1 << i)));
    }
    SplittableRandom random = new SplittableRandom(1);
    Set<Double> sums = new TreeSet<>();
    for (int draw = 0; draw < 200; draw++) {
      GroupStatistics drawn = known.with("u0", GroupStatistics.of(value(1)), 2, random);
      assertEquals(3, drawn.segments());
      sums.add((double) Math.round(3 * drawn.mean(0)));
    }
    assertEquals(6, sums.size(), "1 and two of 2, 4, 8, 16: " + sums);
    assertEquals(5, known.with("u0", GroupStatistics.of(value(1)), 99, random).segments());
    for (int i = 5; i < 100; i++) {
      known.add("u" + i, GroupStatistics.of(value(i)));
    }
    assertEquals(100, known.all().segments());
    assertEquals(33, known.with("new", GroupStatistics.of(value(1)), 99, random).segments());
  }
}
