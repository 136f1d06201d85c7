package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.failure.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WholeRecordingTest {
  @Test
  void leavesARecordingInOnePiece() throws DecodeException {
    float[] recording = Segments.counting(2.5);
    Segments got = Segments.of(Segmenter.whole(), recording, 1_001);
    assertEquals(1, got.count());
    assertArrayEquals(recording, got.samples().get(0));
  }

  @Test
  void findsNothingInARecordingWithoutSamples() throws DecodeException {
    assertEquals(0, Segments.of(Segmenter.whole(), new float[0], 10).count());
  }

  @Test
  void rejectsALongRecordingWithARemedy() throws DecodeException {
    assertEquals(1, Segments.of(Segmenter.whole(1), Segments.counting(1), 512).count());
    DecodeException thrown =
        assertThrows(
            DecodeException.class,
            () -> Segments.of(Segmenter.whole(1), Segments.counting(1.001), 512));
    assertEquals(FailureKind.LIMIT, thrown.kind());
    assertTrue(thrown.getMessage().contains("voice activity"), thrown.getMessage());
  }

  @Test
  void rejectsALengthOutsideItsRange() {
    assertThrows(IllegalArgumentException.class, () -> Segmenter.whole(0));
    assertThrows(IllegalArgumentException.class, () -> Segmenter.whole(86_401));
    assertThrows(IllegalArgumentException.class, () -> Segmenter.whole(Double.NaN));
    assertDoesNotThrow(() -> Segmenter.whole(86_400));
  }

  @Test
  void silenceCountsOnceTheSoundHasBegun() throws DecodeException {
    Segments got = new Segments();
    Segmenter.Session session = Segmenter.whole(2).open(Segments.RATE, List.of());
    session.silence(Segments.RATE, got);
    session.silence(Segments.RATE, got);
    session.accept(Segments.counting(1), Segments.RATE, got);
    session.silence(Segments.RATE, got);
    session.finish(got);
    assertEquals(List.of("2.00-4.00"), got.seconds());
  }
}
