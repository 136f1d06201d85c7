package io.gemoclap.audio.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MediaTimelineTest {
  private final MediaTimeline timeline = new MediaTimeline(false, 86_400);

  @Test
  void aLateStartIsSilenceBeforeTheFirstBlock() {
    assertEquals(5, timeline.gap(5, 0), 1e-9);
    assertEquals(0, timeline.gap(6, 6), 1e-9);
    assertEquals(5, timeline.startSeconds(), 1e-9);
    assertEquals(0, timeline.gaps());
  }

  @Test
  void aGapIsSilenceBetweenBlocks() {
    timeline.gap(0, 0);
    assertEquals(2.5, timeline.gap(3.5, 1), 1e-9);
    assertEquals(1, timeline.gaps());
    assertEquals(2.5, timeline.gapSeconds(), 1e-9);
  }

  @Test
  void encoderDelaysAndRoundingAreNotGaps() {
    assertEquals(0, timeline.gap(0.07, 0));
    assertEquals(0, timeline.gap(1.05, 1));
    assertEquals(0, timeline.gap(1.95, 2));
    assertEquals(0, timeline.gaps());
  }

  @Test
  void manySmallGapsAddUp() {
    double position = 0;
    double filled = 0;
    for (int block = 0; block < 100; block++) {
      // Blocks of 0.1 s, of which each is another 0.02 s late.
      double gap = timeline.gap(block * 0.12, position);
      filled += gap;
      position += gap + 0.1;
    }
    assertEquals(2, filled, MediaTimeline.TOLERANCE);
  }

  @Test
  void blocksWithoutTimestampFollowTheOnesBefore() {
    assertEquals(0, timeline.gap(Double.NaN, 0));
    assertEquals(0, timeline.gap(Double.NaN, 10));
    assertEquals(1, timeline.gap(12, 11), 1e-9);
  }

  @Test
  void aSmallOverlapIsMadeUpForByTheNextGap() {
    timeline.gap(0, 0);
    assertEquals(0, timeline.gap(1.5, 2));
    assertEquals(1, timeline.gap(4, 3), 1e-9);
    assertEquals(0, timeline.jumps());
  }

  @Test
  void timesThatBeginAnewContinueWhereTheSamplesAre() {
    timeline.gap(0, 0);
    assertEquals(0, timeline.gap(0, 60));
    assertEquals(0, timeline.gap(1, 61));
    assertEquals(2, timeline.gap(4, 62), 1e-9);
    assertEquals(1, timeline.jumps());
  }

  @Test
  void anotherLinkIsNotAJump() {
    timeline.gap(0, 0);
    timeline.restart();
    assertEquals(0, timeline.gap(0, 60));
    assertEquals(2, timeline.gap(4, 62), 1e-9);
    assertEquals(0, timeline.jumps());
  }

  @Test
  void noGapIsLongerThanAnHour() {
    timeline.gap(0, 0);
    assertEquals(0, timeline.gap(10_000, 1));
    assertEquals(1, timeline.jumps());
    assertEquals(3_000, timeline.gap(13_001, 2), 1e-9);
  }

  @Test
  void inBroadcastsNoGapIsLongerThanTenSeconds() {
    MediaTimeline broadcast = new MediaTimeline(true, 86_400);
    broadcast.gap(0, 0);
    assertEquals(0, broadcast.gap(60, 1));
    assertEquals(9, broadcast.gap(70, 2), 1e-9);
  }

  @Test
  void noGapReachesBeyondTheLongestRecording() {
    MediaTimeline brief = new MediaTimeline(false, 60);
    brief.gap(0, 0);
    assertEquals(0, brief.gap(61, 1));
    assertEquals(1, brief.jumps());
  }
}
