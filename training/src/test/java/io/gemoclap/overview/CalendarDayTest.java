package io.gemoclap.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalendarDayTest {
  @ParameterizedTest
  @CsvSource({
    "2021-03-14, 2021-03-14",
    "20210314, 2021-03-14",
    "2021-03-14T10:20:30Z, 2021-03-14",
    "2021-03-14 10:20, 2021-03-14",
    "2021-03, 2021-03",
    "' 2021 ', 2021",
    "2021-13-01,",
    "2021-02-30,",
    "14.3.2021,",
    "12345,",
    "1530,",
    "yesterday,"
  })
  void datesAreThoseOfIso8601(String text, String day) {
    assertEquals(Optional.ofNullable(day), CalendarDay.of(text));
  }
}
