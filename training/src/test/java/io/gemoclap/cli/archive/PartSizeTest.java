package io.gemoclap.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PartSizeTest {
  @Test
  void adaptsToTenMinutesButNeverByLeaps() {
    PartSize size = PartSize.adaptive();
    int first = size.next();
    size.took(first, 1);
    assertEquals(first * 16, size.next());
    size.took(size.next(), 6_000);
    assertEquals(first * 16 / 10, size.next());
    size.took(1, 7_200);
    assertEquals(1, size.next());
  }

  @Test
  void isBounded() {
    PartSize size = PartSize.adaptive();
    for (int i = 0; i < 9; i++) {
      size.took(size.next(), 0);
    }
    assertTrue(size.next() <= 5_000, "" + size.next());
  }

  @Test
  void aGivenSizeStays() {
    PartSize size = PartSize.of(7);
    size.took(7, 1);
    assertEquals(7, size.next());
  }
}
