package io.gemoclap.model.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class RelativePositionsTest {
  @Test
  void nearDistancesHaveABucketEachAndFarOnesShare() {
    assertEquals(0, RelativePositions.bucket(0, 320, 800));
    assertEquals(1, RelativePositions.bucket(-1, 320, 800));
    assertEquals(161, RelativePositions.bucket(1, 320, 800));
    assertEquals(79, RelativePositions.bucket(-79, 320, 800));
    assertEquals(80, RelativePositions.bucket(-80, 320, 800));
    assertEquals(80, RelativePositions.bucket(-82, 320, 800));
    assertEquals(159, RelativePositions.bucket(-800, 320, 800));
    assertEquals(319, RelativePositions.bucket(100_000, 320, 800));
  }
}
