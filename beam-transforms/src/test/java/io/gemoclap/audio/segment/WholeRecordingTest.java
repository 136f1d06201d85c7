package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.failure.FailureKind;
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
}
