package io.gemoclap.features;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Names of columns that are counted. */
final class ColumnNames {
  private ColumnNames() {}

  /** {@code stem_00}, {@code stem_01} and so on. */
  static List<String> numbered(String stem, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.format(Locale.ROOT, "%s_%02d", stem, i))
        .toList();
  }
}
