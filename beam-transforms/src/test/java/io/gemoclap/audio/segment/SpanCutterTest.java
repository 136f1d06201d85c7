package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.audio.pcm.DecodeException;
import java.util.ArrayList;
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
  void eachSegmentComesWithItsSpan() throws DecodeException {
    Span ada = new Span(1, 3, "Ada", Span.EVERY_CHANNEL);
    Span bo = new Span(2, 4, "Bo", 1);
    Segments got = Segments.of(Segmenter.spans(), Segments.counting(5), 5_000, bo, ada);
    assertEquals(List.of("1.00-3.00", "2.00-4.00"), got.seconds());
    assertEquals(List.of(ada, bo.withChannel(Span.EVERY_CHANNEL)), got.spans());
  }

  /** Each channel has the spans of every channel and its own, and those of none are missed once. */
  @Test
  void aSpanIsCutOutOfItsChannelAlone() throws DecodeException {
    Span both = new Span(0, 1);
    Span left = new Span(1, 2, "Ada", 0);
    Span right = new Span(2, 3, "Bo", 1);
    Span beyond = new Span(3, 4, "Cy", 2);
    List<Segments> channels = new ArrayList<>();
    for (int channel = 0; channel < 2; channel++) {
      Segmenter.Session session =
          Segmenter.spans().open(Segments.RATE, List.of(both, left, right, beyond), channel, 2);
      channels.add(Segments.of(session, Segments.counting(5), 5_000));
    }
    assertEquals(List.of(both, left), channels.get(0).spans());
    assertEquals(List.of(both, right), channels.get(1).spans());
    assertEquals(List.of(beyond), channels.get(0).missed());
    assertEquals(
        List.of("The span is in channel 2, but the recording has channels 0 to 1."),
        channels.get(0).reasons());
    assertEquals(List.of(), channels.get(1).missed());
  }

  /** Not voice activity, although the channel has no span. */
  @Test
  void aChannelWithoutSpansHasNoSegmentsIfAnotherHasSome() throws DecodeException {
    Segmenter segmenter = Segmenter.spansOr(Segmenter.fixedWindows(1, 1));
    Segmenter.Session session = segmenter.open(Segments.RATE, List.of(new Span(0, 1, "", 1)), 0, 2);
    assertEquals(0, Segments.of(session, Segments.counting(5), 5_000).count());
  }

  @Test
  void theSameStretchTwiceHasOneResultAndIsMissedOnce() throws DecodeException {
    Span ada = new Span(1, 2, "Ada", Span.EVERY_CHANNEL);
    Span bo = new Span(1, 2.000_000_1, "Bo", Span.EVERY_CHANNEL);
    Segments got = Segments.of(Segmenter.spans(), Segments.counting(5), 5_000, ada, bo);
    assertEquals(List.of(ada), got.spans());
    assertEquals(List.of(bo), got.missed());
    assertEquals(
        List.of(
            "The span from 1.0 s to 2.0000001 s is given twice; its result is that of the first, of"
                + " speaker Ada."),
        got.reasons());
  }

  @Test
  void rejectsChannelsBelowZero() {
    assertThrows(IllegalArgumentException.class, () -> new Span(0, 1, "", -2));
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
