package io.gemoclap.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shares become whole numbers of segments. */
final class SharesTest {
  @Test
  void numbersAddUpToTheSample() {
    for (int n = 1; n < 200; n++) {
      Map<Part, Integer> counts = Shares.DEFAULT.counts(n);
      assertEquals(n, counts.values().stream().mapToInt(Integer::intValue).sum());
    }
    assertEquals(
        Map.of(Part.RANDOM, 26, Part.UNCERTAIN, 12, Part.DIVERSE, 12), Shares.DEFAULT.counts(50));
  }

  @Test
  void withoutEmbeddingsTheOthersGetTheShare() {
    assertEquals(
        Map.of(Part.RANDOM, 40, Part.UNCERTAIN, 20, Part.DIVERSE, 0),
        Shares.DEFAULT.withoutDiverse().counts(60));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Shares(Map.of(Part.DIVERSE, 1.0)).withoutDiverse());
  }

  @Test
  void sharesThatDoNotAddUpAreRefused() {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> new Shares(Map.of(Part.RANDOM, 0.5)))
            .getMessage()
            .contains("add up to 0.5"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Shares(Map.of(Part.RANDOM, 1.5, Part.DIVERSE, -0.5)));
  }
}
