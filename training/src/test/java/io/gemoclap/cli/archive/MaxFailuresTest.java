package io.gemoclap.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.archive.MaxFailures.Counts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaxFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "0.1, 1, 10, false", "0.1, 2, 10, true", "10%, 1, 10, false", "10%, 2, 10, true",
    "0, 0, 10, false", "0, 1, 10, true", "1, 10, 10, false", "100%, 10, 10, false",
    "0, 0, 0, false", "0.5, 1, 2, false", "' 50% ', 2, 2, true",
  })
  void aShareIsExceededByMoreFailures(String share, long failed, long all, boolean exceeded) {
    assertEquals(exceeded, MaxFailures.parse(share).isExceededBy(new Counts(failed, all)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "9, 10, false", "10, 10, true", "1, 1, true", "0, 3, false"})
  void byDefaultAllMustFail(long failed, long all, boolean exceeded) {
    assertEquals(exceeded, MaxFailures.belowAll().isExceededBy(new Counts(failed, all)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "-0.1", "1.1", "5", "101%", "NaN", "%", "1e400"})
  void whatIsNotAShareIsRejected(String share) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> MaxFailures.parse(share)).getMessage();
    assertTrue(message.contains("'" + share + "'"), message);
  }
}
