package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZeroShotClassifierTest {
  private static final Map<String, float[]> TEXT =
      Map.of(
          "east", new float[] {1, 0},
          "north", new float[] {0, 1},
          "west", new float[] {-1, 0});

  private static float[][] embed(List<String> sentences) {
    return sentences.stream().map(TEXT::get).toArray(float[][]::new);
  }

  private static ZeroShotClassifier classifier(double scale, List<List<String>> sentences) {
    return ZeroShotClassifier.of(sentences, ZeroShotClassifierTest::embed, scale);
  }

  @Test
  void twoClassesAreALogisticFunctionOfTheScaledGap() {
    ZeroShotClassifier two = classifier(5, List.of(List.of("east"), List.of("north")));
    // Cosines 0.6 and 0.8: p(north) = 1 / (1 + e^(-5 · 0.2)) = 0.7310586.
    assertArrayEquals(
        new double[] {0.2689414, 0.7310586}, two.probabilities(new float[] {0.6f, 0.8f}), 1e-6);
  }

  @Test
  void threeClassesAreASoftmax() {
    ZeroShotClassifier three =
        classifier(2, List.of(List.of("east"), List.of("north"), List.of("west")));
    // Cosines 0.6, 0.8, -0.6: e^1.2 = 3.3201169, e^1.6 = 4.9530324, e^-1.2 = 0.3011942.
    assertArrayEquals(
        new double[] {0.3872153, 0.5776573, 0.0351274},
        three.probabilities(new float[] {0.6f, 0.8f}),
        1e-6);
    assertArrayEquals(new double[] {0.6, 0.8, -0.6}, three.cosines(new float[] {0.6f, 0.8f}), 1e-6);
  }

  @Test
  void aLabelsVectorIsTheNormalisedMeanOfItsSentences() {
    ZeroShotClassifier both = classifier(1, List.of(List.of("east", "north"), List.of("west")));
    assertEquals(Math.sqrt(0.5), both.cosines(new float[] {1, 0})[0], 1e-6);
  }

  @Test
  void oppositeSentencesHaveNoDirection() {
    assertArrayEquals(
        new float[] {0, 0}, ZeroShotClassifier.meanDirection(new float[][] {{1, 0}, {-1, 0}}));
  }

  @Test
  void aTieGivesEqualSharesAndTheFirstLabel() {
    double[] p =
        classifier(100, List.of(List.of("north"), List.of("north")))
            .probabilities(new float[] {0, 1});
    assertArrayEquals(new double[] {0.5, 0.5}, p, 0);
    assertEquals(0, ZeroShotClassifier.top(p));
  }

  @Test
  void topIsTheFirstOfTheLargest() {
    assertEquals(1, ZeroShotClassifier.top(new double[] {-3, 7, 7, 2}));
    assertEquals(2, ZeroShotClassifier.top(new double[] {-3, -2, -1}));
  }

  @Test
  void softmaxNeitherOverflowsNorUnderflows() {
    assertArrayEquals(
        new double[] {1, 0}, ZeroShotClassifier.softmax(new double[] {1e6, -1e6}, 100), 0);
    assertArrayEquals(
        new double[] {0.5, 0.5}, ZeroShotClassifier.softmax(new double[] {-1e9, -1e9}, 100), 0);
  }

  @Test
  void softmaxDoesNotDependOnACommonSummand() {
    double[] plain = ZeroShotClassifier.softmax(new double[] {0.1, 0.2, 0.4}, 3);
    double[] shifted = ZeroShotClassifier.softmax(new double[] {100.1, 100.2, 100.4}, 3);
    assertArrayEquals(plain, shifted, 1e-12);
    assertEquals(1, plain[0] + plain[1] + plain[2], 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 1000})
  void aLabelsSentencesAreEmbeddedInBatchesOfBoundedSizeEachOnce(int sentences) {
    List<Integer> batches = new ArrayList<>();
    ZeroShotClassifier many =
        ZeroShotClassifier.of(
            List.of(Collections.nCopies(sentences, "north"), List.of("east")),
            batch -> {
              batches.add(batch.size());
              return embed(batch);
            },
            1);
    assertTrue(Collections.max(batches) <= ZeroShotClassifier.MAX_BATCH, batches.toString());
    assertEquals(sentences + 1, batches.stream().mapToInt(Integer::intValue).sum());
    assertEquals(1, many.cosines(new float[] {0, 1})[0], 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aLabelsVectorThatIsNotFiniteIsRejectedWhereverItIsNot(int component) {
    float[] vector = {1, 1};
    vector[component] = Float.NaN;
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                ZeroShotClassifier.of(
                    List.of(List.of("a lost voice")), batch -> new float[][] {vector}, 1));
    assertTrue(e.getMessage().contains("'a lost voice'"), e.getMessage());
  }

  @Test
  void labelsOfOneVectorAreFound() {
    assertArrayEquals(
        new int[] {1, 2},
        classifier(1, List.of(List.of("west"), List.of("north"), List.of("north")))
            .firstAlike()
            .orElseThrow());
    assertTrue(
        classifier(1, List.of(List.of("west"), List.of("north"), List.of("east")))
            .firstAlike()
            .isEmpty());
  }
}
