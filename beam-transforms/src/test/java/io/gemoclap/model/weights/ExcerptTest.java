package io.gemoclap.model.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExcerptTest {

  @Test
  void fiveNamesAreGivenAndTheOthersCounted() {
    assertEquals("", Excerpt.names(List.of()));
    assertEquals("a, b, c, d, e", Excerpt.names(List.of("a", "b", "c", "d", "e")));
    assertEquals("x, x, x, x, x and 115 more", Excerpt.names(Collections.nCopies(120, "x")));
  }

  @Test
  void aTextIsCutOffAndOnOneLine() {
    assertEquals("a b c", Excerpt.text(" a\r\nb\u0000\tc\n"));
    assertEquals("x".repeat(100) + "…", Excerpt.text("x".repeat(5_000_000)));
    assertEquals("y".repeat(100), Excerpt.text("y".repeat(100)));
  }
}
