package io.gemoclap.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BatchLimitsTest {

  private static List<List<Double>> batches(double maxSeconds, int maxSize, Double... seconds) {
    return new BatchLimits(maxSeconds, maxSize).batches(List.of(seconds), Double::doubleValue);
  }

  @Test
  void nothingMakesNoBatch() {
    assertEquals(List.of(), batches(10, 4));
  }

  @Test
  void batchesAreSortedByLengthSoThatLittleIsPadded() {
    assertEquals(
        List.of(List.of(9.0, 8.0), List.of(2.0, 1.0)), batches(100, 2, 1.0, 9.0, 2.0, 8.0));
  }

  @Test
  void paddedSecondsAreTheLongestTimesTheSize() {
    // Three of at most 4 s would be 12 padded seconds, though only 6 s are real.
    assertEquals(List.of(List.of(4.0, 1.0), List.of(1.0)), batches(11, 9, 4.0, 1.0, 1.0));
    assertEquals(List.of(List.of(4.0, 1.0, 1.0)), batches(12, 9, 4.0, 1.0, 1.0));
  }

  @Test
  void aSegmentBeyondTheLimitIsABatchOfItsOwn() {
    assertEquals(List.of(List.of(60.0), List.of(3.0, 2.0)), batches(10, 9, 3.0, 60.0, 2.0));
  }

  @Test
  void theBufferIsBoundedByNumberAndBySeconds() {
    BatchLimits limits = new BatchLimits(32, 64);
    assertFalse(limits.isEnough(255, 511));
    assertTrue(limits.isEnough(256, 1));
    assertTrue(limits.isEnough(2, 512));
  }

  @Test
  void everyItemIsInExactlyOneBatchWithinTheLimits() {
    Random random = new Random(1);
    List<Integer> items = new ArrayList<>();
    double[] seconds = new double[500];
    for (int i = 0; i < seconds.length; i++) {
      items.add(i);
      seconds[i] = 0.1 + 20 * random.nextDouble();
    }
    List<Integer> seen = new ArrayList<>();
    for (List<Integer> batch : new BatchLimits(60, 16).batches(items, i -> seconds[i])) {
      double longest = batch.stream().mapToDouble(i -> seconds[i]).max().orElseThrow();
      assertTrue(batch.size() <= 16 && longest * batch.size() <= 60, batch::toString);
      seen.addAll(batch);
    }
    assertEquals(items, seen.stream().sorted().toList());
  }
}
