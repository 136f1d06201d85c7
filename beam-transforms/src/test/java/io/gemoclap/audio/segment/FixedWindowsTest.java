package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.audio.pcm.DecodeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FixedWindowsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10 | 10 | 25.0 | 0.00-10.00 10.00-20.00 20.00-25.00",
        "10 | 10 | 20.0 | 0.00-10.00 10.00-20.00",
        "10 | 10 | 20.4 | 0.00-10.00 10.00-20.00",
        "10 | 10 | 20.5 | 0.00-10.00 10.00-20.00 20.00-20.50",
        "10 |  5 | 12.0 | 0.00-10.00 5.00-12.00",
        "10 |  5 | 10.0 | 0.00-10.00",
        "10 |  2 | 10.1 | 0.00-10.00 2.00-10.10",
        " 1 |  3 |  7.0 | 0.00-1.00 3.00-4.00 6.00-7.00",
        " 1 |  3 |  5.0 | 0.00-1.00 3.00-4.00",
        "0.3 | 1 |  1.3 | 0.00-0.30 1.00-1.30",
        "0.3 | 1 |  1.2 | 0.00-0.30",
        "10 | 10 |  0.2 | 0.00-0.20",
      })
  void cutsWindows(double length, double hop, double seconds, String wanted)
      throws DecodeException {
    float[] recording = Segments.counting(seconds);
    for (int blockSize : new int[] {1_000, 16_384, 1_000_000}) {
      Segments got = Segments.of(Segmenter.fixedWindows(length, hop), recording, blockSize);
      assertEquals(List.of(wanted.split(" ")), got.seconds());
      for (int i = 0; i < got.count(); i++) {
        assertEquals(got.start(i) * Segments.RATE, got.samples().get(i)[0], 0.001);
      }
    }
  }

  @Test
  void findsNothingInARecordingWithoutSamples() throws DecodeException {
    assertEquals(0, Segments.of(Segmenter.fixedWindows(1, 1), new float[0], 10).count());
  }

  @Test
  void rejectsSettingsOutsideTheirRange() {
    assertThrows(IllegalArgumentException.class, () -> Segmenter.fixedWindows(0, 1));
    assertThrows(IllegalArgumentException.class, () -> Segmenter.fixedWindows(1, -1));
    assertThrows(IllegalArgumentException.class, () -> Segmenter.fixedWindows(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> Segmenter.fixedWindows(1, 3_601));
    assertDoesNotThrow(() -> Segmenter.fixedWindows(0.01, 3_600));
    assertDoesNotThrow(() -> Segmenter.fixedWindows(3_600, 0.01));
  }

  @Test
  void windowsHoldTheSilenceOfMediaTimeWithoutSound() throws DecodeException {
    Segments got = new Segments();
    Segmenter.Session session = Segmenter.fixedWindows(1, 1).open(Segments.RATE, List.of());
    session.silence(Segments.RATE, got);
    session.accept(Segments.counting(1), Segments.RATE, got);
    session.finish(got);
    assertEquals(List.of("0.00-1.00", "1.00-2.00"), got.seconds());
    assertEquals(5, got.samples().get(1)[5]);
  }
}
