package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.audio.pcm.DecodeException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpanCutterTest {
  @Test
  void cutsOverlappingSpansInTheOrderOfTheirEnds() throws DecodeException {
    for (int blockSize : new int[] {100, 16_384, 1_000_000}) {
      Segments got =
          Segments.of(
              Segmenter.spans(),
              Segments.counting(10),
              blockSize,
              new Span(6, 8),
              new Span(0, 3),
              new Span(1, 2),
              new Span(2.5, 7));
      assertEquals(List.of("1.00-2.00", "0.00-3.00", "2.50-7.00", "6.00-8.00"), got.seconds());
      for (int i = 0; i < got.count(); i++) {
        assertEquals(got.start(i) * Segments.RATE, got.samples().get(i)[0], 0.001);
      }
    }
  }

  @Test
  void reportsSpansAfterTheEnd() throws DecodeException {
    Span inside = new Span(8, 10.05);
    Span across = new Span(9, 11);
    Span behind = new Span(12, 13);
    Segments got =
        Segments.of(Segmenter.spans(), Segments.counting(10), 5_000, behind, inside, across);
    assertEquals(List.of("8.00-10.00"), got.seconds());
    assertEquals(List.of(across, behind), got.missed());
  }

  @Test
  void reportsSpansThatAreTooLongToHold() throws DecodeException {
    Span endless = new Span(0, 601);
    Segments got = Segments.of(Segmenter.spans(), Segments.counting(1), 5_000, endless);
    assertEquals(List.of(endless), got.missed());
  }

  @Test
  void aSpanMayBeAsLongAsASegmentAndNoLonger() throws DecodeException {
    Segmenter twoSeconds = new SpanCutter(2, Segmenter.whole());
    Segments got =
        Segments.of(twoSeconds, Segments.counting(10), 5_000, new Span(1, 3), new Span(4, 6.25));
    assertEquals(List.of("1.00-3.00"), got.seconds());
    assertEquals(List.of("The span from 4.0 s to 6.25 s is longer than 2.0 s."), got.reasons());
  }

  @Test
  void aSpanMayEndATenthOfASecondAfterTheRecording() throws DecodeException {
    Segments got =
        Segments.of(
            Segmenter.spans(),
            Segments.counting(10),
            5_000,
            new Span(9, 10.1),
            new Span(9, 10.11),
            new Span(10, 10.05));
    assertEquals(List.of("9.00-10.00"), got.seconds());
    assertEquals(List.of(new Span(10, 10.05), new Span(9, 10.11)), got.missed());
    assertEquals("The span ends at 10.11 s, but the recording at 10.000 s.", got.reasons().get(1));
  }

  @Test
  void aSpanOfLessThanASampleIsMissed() throws DecodeException {
    Span none = new Span(1, 1.000_01);
    Segments got =
        Segments.of(Segmenter.spans(), Segments.counting(2), 5_000, none, new Span(1, 1.000_1));
    assertEquals(List.of(none), got.missed());
    assertEquals(List.of("The span is shorter than one sample."), got.reasons());
    assertEquals(2, got.samples().get(0).length);
  }

  /** A span that begins early and ends late keeps its samples while others are cut out. */
  @Test
  void spansOfEqualEndsComeInTheOrderOfTheirStarts() throws DecodeException {
    Segments got =
        Segments.of(
            Segmenter.spans(),
            Segments.counting(6),
            100,
            new Span(3, 5),
            new Span(1, 5),
            new Span(1, 2),
            new Span(2, 5));
    assertEquals(List.of("1.00-2.00", "1.00-5.00", "2.00-5.00", "3.00-5.00"), got.seconds());
  }

  @Test
  void recordingsWithoutSpansAreCutByTheOtherSegmenter() throws DecodeException {
    Segmenter segmenter = Segmenter.spansOr(Segmenter.fixedWindows(4, 4));
    assertEquals(
        List.of("0.00-4.00", "4.00-8.00", "8.00-10.00"),
        Segments.of(segmenter, Segments.counting(10), 5_000).seconds());
    assertEquals(
        List.of("1.00-2.00"),
        Segments.of(segmenter, Segments.counting(10), 5_000, new Span(1, 2)).seconds());
  }

  @Test
  void rejectsSpansThatAreNotStretchOfTime() {
    assertThrows(IllegalArgumentException.class, () -> new Span(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Span(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Span(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new Span(1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Span(0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Span(0, Double.POSITIVE_INFINITY));
  }
}
