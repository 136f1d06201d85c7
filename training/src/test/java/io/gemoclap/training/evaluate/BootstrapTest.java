package io.gemoclap.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.evaluate.Bootstrap.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BootstrapTest {

  private static double mean(int[] drawn, double[] values) {
    return Arrays.stream(drawn).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  @Test
  void theIntervalOfAMeanIsThatOfTheNormalLaw() {
    // 400 items, half 0 and half 1: standard error 0.5 / 20 = 0.025.
    double[] values = IntStream.range(0, 400).mapToDouble(i -> i % 2).toArray();
    Interval interval =
        Bootstrap.seeded(7)
            .spreads(Resampling.withinClasses(new int[400]), d -> new double[] {mean(d, values)})
            .get(0)
            .interval();
    assertEquals(0.5 - 1.96 * 0.025, interval.low(), 0.005);
    assertEquals(0.5 + 1.96 * 0.025, interval.high(), 0.005);
  }

  @Test
  void equalSeedsGiveEqualIntervalsAndOthersDoNot() {
    double[] values = new SplittableRandom(1).doubles(50).toArray();
    Resampling resampling = Resampling.withinClasses(new int[50]);
    Interval[] intervals =
        IntStream.of(1, 1, 2)
            .mapToObj(
                seed ->
                    Bootstrap.seeded(seed)
                        .spreads(resampling, d -> new double[] {mean(d, values)})
                        .get(0)
                        .interval())
            .toArray(Interval[]::new);
    assertEquals(intervals[0], intervals[1]);
    assertNotEquals(intervals[0], intervals[2]);
  }

  @Test
  void eachOfTwoThousandResamplesIsScoredOnce() {
    AtomicInteger calls = new AtomicInteger();
    List<Spread> spreads =
        Bootstrap.seeded(1)
            .spreads(
                Resampling.withinClasses(new int[3]),
                d -> new double[] {calls.incrementAndGet(), 1});
    assertEquals(2, spreads.size());
    assertEquals(2_000, spreads.get(1).sorted().length);
    assertEquals(2_000, calls.get());
  }

  @Test
  void everyItemOfAClassCanBeDrawn() {
    int[] seen = new int[4];
    for (int seed = 0; seed < 100; seed++) {
      for (int item : Resampling.withinClasses(new int[4]).draw(new SplittableRandom(seed))) {
        seen[item]++;
      }
    }
    assertTrue(Arrays.stream(seen).allMatch(times -> times > 0), Arrays.toString(seen));
  }

  @Test
  void drawingWithinClassesKeepsTheirSizes() {
    int[] truths = {0, 1, 0, 2, 0, 1};
    for (int seed = 0; seed < 20; seed++) {
      int[] drawn = Resampling.withinClasses(truths).draw(new SplittableRandom(seed));
      assertArrayEquals(
          new int[] {0, 0, 0, 1, 1, 2},
          Arrays.stream(drawn).map(i -> truths[i]).sorted().toArray());
    }
  }

  @Test
  void drawingSpeakersTakesAllOfTheirItems() {
    int[] speakers = {0, 1, 1, 1};
    boolean once = false;
    for (int seed = 0; seed < 20; seed++) {
      int[] drawn = Resampling.ofGroups(speakers).draw(new SplittableRandom(seed));
      long first = Arrays.stream(drawn).filter(i -> i == 0).count();
      assertEquals(first + 3 * (2 - first), drawn.length);
      once |= first == 1;
      for (int item = 1; item < 4; item++) {
        int each = item;
        assertEquals(2 - first, Arrays.stream(drawn).filter(i -> i == each).count());
      }
    }
    assertTrue(once, "some draw has both speakers");
  }

  @Test
  void oneSpeakerCannotBeResampled() {
    assertThrows(IllegalArgumentException.class, () -> Resampling.ofGroups(new int[] {3, 3}));
  }

  @Test
  void quantilesLieLinearlyBetweenValues() {
    double[] values = IntStream.rangeClosed(0, 10).mapToDouble(i -> i).toArray();
    assertEquals(new Interval(0.25, 9.75), Spread.of(values).interval());
  }

  @Test
  void resamplesWithoutAValueAreLeftOut() {
    assertEquals(
        new Interval(2, 2), Spread.of(new double[] {Double.NaN, 2, Double.NaN}).interval());
    assertThrows(
        IllegalStateException.class, () -> Spread.of(new double[] {Double.NaN}).interval());
  }

  @Test
  void pIsTwiceTheSmallerTail() {
    // One of nine on the lower side: 2 · (1 + 1) / (9 + 1).
    assertEquals(
        0.4, Spread.of(new double[] {-1, 1, 1, 1, 1, 1, 1, 1, 1}).pOfNoDifference(), 1e-12);
    // None below: 2 · (1 + 0) / (9 + 1), whichever side it is.
    assertEquals(0.2, Spread.of(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1}).pOfNoDifference(), 1e-12);
    assertEquals(
        0.2, Spread.of(new double[] {-1, -1, -1, -1, -1, -1, -1, -1, -1}).pOfNoDifference(), 1e-12);
  }

  @Test
  void noDifferenceAtAllHasAPOfOne() {
    assertEquals(1, Spread.of(new double[] {0, 0, 0}).pOfNoDifference());
  }
}
