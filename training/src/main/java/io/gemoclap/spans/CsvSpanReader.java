package io.gemoclap.spans;

import io.gemoclap.audio.segment.Span;
import io.gemoclap.table.Table;
import java.io.IOException;

/**
 * CSV with a header and the columns {@code start}, {@code end} (or {@code start_s}, {@code end_s}),
 * and optionally {@code recording}, {@code speaker} and {@code channel}, from 0. Other columns are
 * passed over. Decimal commas are read where commas do not separate columns.
 */
final class CsvSpanReader {
  private CsvSpanReader() {}

  static void read(String name, String text, SpanCollector spans) throws IOException {
    Table table =
        Table.read(
            name,
            text,
            column -> column.matches("(start|end)_s") ? column.replace("_s", "") : column,
            (line, message) -> {
              throw new IOException("'%s', line %s: %s".formatted(name, line, message));
            });
    for (String column : new String[] {"start", "end"}) {
      if (!table.columns().contains(column)) {
        throw new IOException(
            "'%s' has no column %s; its columns are %s"
                .formatted(name, column, String.join(", ", table.columns())));
      }
    }
    for (Table.Row row : table.rows()) {
      String recording = row.get("recording").strip();
      String channel = row.get("channel").strip();
      if (!channel.matches("\\d{0,9}")) {
        spans.problem(
            row.line(), recording, "channel '%s' is not a number from 0".formatted(channel));
        continue;
      }
      spans.add(
          row.line(),
          recording,
          point(row.get("start"), table.separator()),
          point(row.get("end"), table.separator()),
          row.get("speaker"),
          channel.isEmpty() ? Span.EVERY_CHANNEL : Integer.parseInt(channel));
    }
  }

  private static String point(String number, char separator) {
    return separator == ',' ? number : number.replace(',', '.');
  }
}
