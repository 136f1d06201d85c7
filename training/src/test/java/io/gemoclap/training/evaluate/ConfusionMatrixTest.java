package io.gemoclap.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.training.evaluate.ConfusionMatrix.Scores;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfusionMatrixTest {

  private static Scores scores(int[]... counts) {
    List<String> labels = List.of("a", "b", "c").subList(0, counts.length);
    return new ConfusionMatrix(labels, counts).scores();
  }

  @Test
  void countsTruthsInRowsAndPredictionsInColumns() {
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("a", "b"));
    matrix.add(0, 1);
    matrix.add(0, 1);
    matrix.add(1, 1);
    assertEquals(2, matrix.counts()[0][1]);
    assertEquals(0, matrix.counts()[1][0]);
    assertEquals(3, matrix.scores().items());
  }

  @Test
  void matricesAreAddedUpCellByCell() {
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("a", "b"));
    matrix.add(0, 1);
    matrix.addAll(new int[][] {{1, 2}, {3, 4}});
    matrix.addAll(new int[][] {{10, 20}, {30, 40}});
    assertArrayEquals(new int[][] {{11, 23}, {33, 44}}, matrix.counts());
  }

  @Test
  void weightedRecallCountsItemsAndUnweightedRecallClasses() {
    Scores scores = scores(new int[] {8, 0}, new int[] {1, 1});
    assertEquals(9 / 10.0, scores.war(), 1e-12);
    assertEquals((1 + 0.5) / 2, scores.uar(), 1e-12);
    // F1 of a: 2·8 / (8 + 9); of b: 2·1 / (2 + 1).
    assertEquals((16 / 17.0 + 2 / 3.0) / 2, scores.macroF1(), 1e-12);
  }

  @Test
  void threeClassesByHand() {
    Scores scores = scores(new int[] {3, 1, 0}, new int[] {2, 2, 0}, new int[] {0, 1, 1});
    assertEquals(6 / 10.0, scores.war(), 1e-12);
    assertEquals((0.75 + 0.5 + 0.5) / 3, scores.uar(), 1e-12);
    assertEquals((6 / 9.0 + 4 / 8.0 + 2 / 3.0) / 3, scores.macroF1(), 1e-12);
  }

  @Test
  void aClassWithoutItemsIsLeftOutOfTheMeans() {
    Scores scores = scores(new int[] {4, 0, 0}, new int[] {0, 2, 2}, new int[] {0, 0, 0});
    assertEquals(0.75, scores.war(), 1e-12);
    assertEquals((1 + 0.5) / 2, scores.uar(), 1e-12);
    assertEquals((1 + 4 / 6.0) / 2, scores.macroF1(), 1e-12);
  }

  @Test
  void aClassThatIsNeverPredictedHasARecallAndAnF1OfZero() {
    Scores scores = scores(new int[] {2, 0}, new int[] {2, 0});
    assertEquals(0.5, scores.uar(), 1e-12);
    assertEquals((4 / 6.0) / 2, scores.macroF1(), 1e-12);
  }

  @Test
  void anEmptyMatrixHasNoScores() {
    assertEquals(new Scores(0, Double.NaN, Double.NaN, Double.NaN), scores(new int[] {0}));
  }
}
