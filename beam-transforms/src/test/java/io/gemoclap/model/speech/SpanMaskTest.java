package io.gemoclap.model.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SpanMaskTest {
  private static double masked(float[] mask) {
    double sum = 0;
    for (float value : mask) {
      sum += value;
    }
    return sum;
  }

  @Test
  void aboutTheWantedShareIsMaskedInWholeSpans() {
    SplittableRandom random = new SplittableRandom(1);
    double sum = 0;
    for (int i = 0; i < 400; i++) {
      sum += masked(SpanMask.draw(random, 200, new SpeechConfig.Spans(0.1, 10, 0)));
    }
    // 2 spans of 10 at 191 places overlap by half a frame on average.
    assertEquals(19.5, sum / 400, 0.5);
  }

  @Test
  void fractionsOfASpanAreRoundedAtRandom() {
    SplittableRandom random = new SplittableRandom(1);
    int some = 0;
    for (int i = 0; i < 400; i++) {
      some += masked(SpanMask.draw(random, 30, new SpeechConfig.Spans(0.1, 10, 0))) > 0 ? 1 : 0;
    }
    assertEquals(0.3, some / 400.0, 0.08);
  }

  @Test
  void atLeastTheLeastNumberIsMaskedButNoMoreThanFits() {
    SplittableRandom random = new SplittableRandom(1);
    SpeechConfig.Spans two = new SpeechConfig.Spans(0.05, 10, 2);
    assertTrue(masked(SpanMask.draw(random, 25, two)) > 10);
    assertEquals(10, masked(SpanMask.draw(random, 12, two)));
    assertEquals(0, masked(SpanMask.draw(random, 9, two)));
    assertArrayEquals(
        new float[] {1, 1, 1}, SpanMask.draw(random, 3, new SpeechConfig.Spans(1, 1, 0)));
  }
}
