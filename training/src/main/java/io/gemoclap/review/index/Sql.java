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

  /**
   * A table with the rows of annotations; one without a row if there is no file. Estimates that
   * earlier versions did not write are −1, which means that there is none.
   */
  static String annotations(FinishedFiles files) {
    List<Path> paths = files.annotations();
    String none = columns("SELECT ", " WHERE false", "NULL::%2$s AS %1$s");
    if (paths.isEmpty()) {
      return "(" + none + ")";
    }
    String rows =
        paths.get(0).toString().endsWith(".parquet")
            // Adds the columns that no file has.
            ? "(SELECT * FROM read_parquet(%s, union_by_name=true) UNION ALL BY NAME %s)"
                .formatted(list(paths), none)
            : "read_json("
                + list(paths)
                + ", format='newline_delimited', maximum_object_size=67108864, columns="
                + columns("{", "})", "%1$s: '%2$s'");
    return ("(SELECT * REPLACE (coalesce(speech_probability, -1) AS speech_probability,"
            + " coalesce(out_of_domain, -1) AS out_of_domain) FROM %s)")
        .formatted(rows);
  }

  private static String columns(String begin, String end, String pattern) {
    return COLUMNS.stream()
        .map(column -> column.split(" ", 2))
        .map(column -> pattern.formatted((Object[]) column))
        .collect(Collectors.joining(", ", begin, end));
  }

  /**
   * Whether a map of scores has the probabilities of all labels, which add up to 1, and not only
   * those of the most probable ({@code --top-k}).
   */
  static String isWhole(String scores) {
    return "coalesce(list_sum(map_values(%s)), 0) > 0.9999".formatted(scores);
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
