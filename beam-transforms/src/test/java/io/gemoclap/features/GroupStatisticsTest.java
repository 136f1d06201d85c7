package io.gemoclap.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.jupiter.api.Test;

/** Expected numbers are worked out by hand. */
final class GroupStatisticsTest {

  private static GroupStatistics row(float... values) {
    return GroupStatistics.of(FeatureMatrix.of(1, values.length, values));
  }

  private static void assertNumbers(
      GroupStatistics actual, long segments, double[] means, double[] variances) {
    assertEquals(segments, actual.segments());
    assertEquals(means.length, actual.dims());
    for (int d = 0; d < means.length; d++) {
      assertEquals(means[d], actual.mean(d), 1e-12);
      assertEquals(variances[d], actual.variance(d), 1e-12);
    }
  }

  @Test
  void rowsHaveTheirMeanAndTheirMeanSquareAroundIt() {
    GroupStatistics three = row(1, 10).plus(row(2, 10)).plus(row(6, 10));

    assertNumbers(three, 3, new double[] {3, 10}, new double[] {14.0 / 3, 0});
  }

  @Test
  void oneRowHasNoVariance() {
    assertNumbers(row(7, -2), 1, new double[] {7, -2}, new double[] {0, 0});
  }

  /** Frames 0, 2 have mean 1, mean square 2; four frames of 5 have mean 5, mean square 25. */
  @Test
  void everySegmentWeighsOneForAnyLength() {
    GroupStatistics twoFrames = GroupStatistics.of(FeatureMatrix.of(2, 1, new float[] {0, 2}));
    GroupStatistics fourFrames =
        GroupStatistics.of(FeatureMatrix.of(4, 1, new float[] {5, 5, 5, 5}));

    assertNumbers(twoFrames, 1, new double[] {1}, new double[] {1});
    assertNumbers(twoFrames.plus(fourFrames), 2, new double[] {3}, new double[] {13.5 - 9});
  }

  @Test
  void theOrderOfAddingDoesNotMatterEvenFarFromZero() {
    Random random = new Random(3);
    List<GroupStatistics> segments = new ArrayList<>();
    double[] values = new double[500];
    for (int i = 0; i < values.length; i++) {
      float value = (float) (4_000 + random.nextGaussian());
      values[i] = value;
      segments.add(row(value));
    }
    double mean = 0;
    double variance = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    for (double value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(segments, random);
      GroupStatistics left = GroupStatistics.none();
      GroupStatistics right = GroupStatistics.none();
      for (GroupStatistics segment : segments.subList(0, 123)) {
        left = left.plus(segment);
      }
      for (GroupStatistics segment : segments.subList(123, 500)) {
        right = segment.plus(right);
      }
      assertEquals(mean, left.plus(right).mean(0), 1e-9);
      assertEquals(variance, left.plus(right).variance(0), 1e-9);
    }
  }

  @Test
  void emptyStatisticsChangeNothing() {
    GroupStatistics some = row(1, 2).plus(row(3, 4));
    for (GroupStatistics nothing :
        List.of(
            GroupStatistics.none(),
            row(Float.NaN, 1),
            row(1, Float.NEGATIVE_INFINITY),
            GroupStatistics.of(FeatureMatrix.of(0, 2, new float[0])))) {
      assertEquals(0, nothing.segments());
      assertNumbers(some.plus(nothing), 2, new double[] {2, 3}, new double[] {1, 1});
      assertNumbers(nothing.plus(some), 2, new double[] {2, 3}, new double[] {1, 1});
    }
  }

  @Test
  void otherColumnsAreRejected() {
    assertThrows(IllegalArgumentException.class, () -> row(1, 2).plus(row(1)));
  }

  @Test
  void theCoderKeepsEveryBit() throws Exception {
    GroupStatistics before = row(0.1f, 1e20f).plus(row(0.7f, -3)).plus(row(1e-9f, 5));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GroupStatisticsCoder.of().encode(before, out);
    GroupStatistics after =
        GroupStatisticsCoder.of().decode(new ByteArrayInputStream(out.toByteArray()));

    ByteArrayOutputStream again = new ByteArrayOutputStream();
    GroupStatisticsCoder.of().encode(after, again);
    assertArrayEquals(out.toByteArray(), again.toByteArray());
    assertEquals(before.segments(), after.segments());
    for (int d = 0; d < 2; d++) {
      assertEquals(before.mean(d), after.mean(d));
      assertEquals(before.variance(d), after.variance(d));
    }
    CoderProperties.coderSerializable(GroupStatisticsCoder.of());
  }
}
