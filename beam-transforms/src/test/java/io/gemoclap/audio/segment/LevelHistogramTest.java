package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class LevelHistogramTest {
  /** Levels of -60, -59, … dB, as often as given each. */
  private static LevelHistogram rising(int levels, int times) {
    LevelHistogram histogram = new LevelHistogram();
    for (int i = 0; i < levels; i++) {
      for (int time = 0; time < times; time++) {
        histogram.add(-60 + i);
      }
    }
    return histogram;
  }

  @Test
  void aTenthOfTheFramesStayBelowTheBackground() {
    assertEquals(-59, rising(10, 1).background());
    assertEquals(-60, rising(9, 1).background());
    assertEquals(-58, rising(20, 10).background());
  }

  @Test
  void aTwentiethOfTheFramesReachTheLoudLevelButNoMoreThanTwenty() {
    assertEquals(-51, rising(10, 1).loud());
    assertEquals(-42, rising(20, 1).loud());
    // 400 frames have a twentieth of 20, and the two levels above -43 hold 40.
    assertEquals(-42, rising(20, 20).loud());
    // 10,000 frames: 20 of them are louder than -41.
    LevelHistogram histogram = rising(20, 500);
    for (int i = 0; i < 20; i++) {
      histogram.add(-10);
    }
    assertEquals(-41, histogram.loud());
    histogram.add(-10);
    assertEquals(-10, histogram.loud());
  }

  @Test
  void levelsAreRoundedDownToHalfADecibel() {
    LevelHistogram histogram = new LevelHistogram();
    histogram.add(-40.1);
    assertEquals(-40.5, histogram.background());
    assertEquals(-40.5, histogram.loud());
  }

  @Test
  void digitalSilenceIsNotCountedAndWhatIsTooLoudCountsAsTheLoudest() {
    LevelHistogram histogram = new LevelHistogram();
    histogram.add(-85.1);
    assertEquals(0, histogram.frames());
    histogram.add(-85);
    assertEquals(1, histogram.frames());
    assertEquals(-85, histogram.background());
    histogram.add(100);
    assertEquals(14.5, histogram.loud());
  }

  @Test
  void framesThatLeaveTheWindowNoLongerCount() {
    LevelHistogram histogram = rising(2, 1);
    histogram.remove(-60);
    assertEquals(1, histogram.frames());
    assertEquals(-59, histogram.background());
    assertEquals(-59, histogram.loud());
  }

  @Test
  void withoutFramesThereIsNoLevel() {
    assertEquals(Double.NaN, new LevelHistogram().background());
    assertEquals(Double.NaN, new LevelHistogram().loud());
  }
}
