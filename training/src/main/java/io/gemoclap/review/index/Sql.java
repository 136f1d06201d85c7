package io.gemoclap.review.index;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of SQL in DuckDB's dialect. Stateless. */
final class Sql {
  /** The columns of annotations with their types, which JSON does not tell. */
  private static final List<String> COLUMNS =
      List.of(
          "recording VARCHAR",
          "segment_id VARCHAR",
          "channel INTEGER",
          "start_s DOUBLE",
          "end_s DOUBLE",
          "speech_probability DOUBLE",
          "emotion VARCHAR",
          "confidence DOUBLE",
          "abstained BOOLEAN",
          "out_of_domain DOUBLE",
          "scores MAP(VARCHAR, DOUBLE)",
          "gender VARCHAR",
          "model_id VARCHAR",
          "label_set VARCHAR",
          "metadata MAP(VARCHAR, VARCHAR)");

  private Sql() {}

  /** A text literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A table with the rows of annotations; one without a row if there is no file. */
  static String annotations(FinishedFiles files) {
    List<Path> paths = files.annotations();
    if (paths.isEmpty()) {
      return columns("(SELECT ", " WHERE false)", "NULL::%2$s AS %1$s");
    }
    return paths.get(0).toString().endsWith(".parquet")
        ? "read_parquet(" + list(paths) + ")"
        : "read_json("
            + list(paths)
            + ", format='newline_delimited', maximum_object_size=67108864, columns="
            + columns("{", "})", "%1$s: '%2$s'");
  }

  private static String columns(String begin, String end, String pattern) {
    return COLUMNS.stream()
        .map(column -> column.split(" ", 2))
        .map(column -> pattern.formatted((Object[]) column))
        .collect(Collectors.joining(", ", begin, end));
  }

  /** A table with the rows of embeddings, of which there is at least one file. */
  static String embeddings(FinishedFiles files) {
    return "read_parquet(" + list(files.embeddings()) + ")";
  }

  private static String list(List<Path> paths) {
    return paths.stream()
        .map(path -> text(path.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
