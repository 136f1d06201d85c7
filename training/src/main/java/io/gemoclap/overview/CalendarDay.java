package io.gemoclap.overview;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates as metadata holds them: ISO 8601, from a year alone to a date with a time after it, of the
 * years 1800 to 2099. Other numbers of four digits are rather times or counts.
 */
final class CalendarDay {
  private static final Pattern ISO =
      Pattern.compile("((?:1[89]|20)\\d{2})(?:-?(\\d{2})(?:-?(\\d{2})(?:[T ].*)?)?)?");

  private CalendarDay() {}

  /** The day, month or year as {@code 2021-03-14}, {@code 2021-03} or {@code 2021}; or empty. */
  static Optional<String> of(String text) {
    Matcher date = ISO.matcher(text.strip());
    if (!date.matches()) {
      return Optional.empty();
    }
    String year = date.group(1);
    String month = date.group(2);
    String day = date.group(3);
    try {
      LocalDate unused =
          LocalDate.of(
              Integer.parseInt(year),
              month == null ? 1 : Integer.parseInt(month),
              day == null ? 1 : Integer.parseInt(day));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    return Optional.of(year + (month == null ? "" : "-" + month) + (day == null ? "" : "-" + day));
  }
}
