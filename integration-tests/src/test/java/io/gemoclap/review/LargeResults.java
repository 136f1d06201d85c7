package io.gemoclap.review;

import io.gemoclap.bundle.Bundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Folders of results as {@code gemoclap annotate} writes them, of any size, with made-up rows: 100
 * segments a recording, seven labels, three keys of metadata, and vectors of the bundled model's
 * size. The same numbers give the same rows.
 */
public final class LargeResults {
  private static final int DIMS = 128;

  /** A number between 0 and 1 that depends on a row {@code i} and a text. */
  private static final String RANDOM = "(hash(i, %s) %% 1000000 / 1000000.0)";

  private LargeResults() {}

  /**
   * Writes a folder.
   *
   * @param segments how many segments it has
   * @param vectors how many of them have a vector, which is of unit length in both halves
   * @param modelId id of the bundle that made them
   */
  public static void write(Path folder, long segments, long vectors, String modelId)
      throws IOException, SQLException {
    Files.createDirectories(folder);
    String annotations = "annotations-00000-00000-of-00001.jsonl";
    String embeddings = "embeddings-00000-00000-of-00001.parquet";
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = database.createStatement()) {
      StringBuilder scores = new StringBuilder();
      for (String label :
          new String[] {"anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness"}) {
        scores.append(scores.isEmpty() ? "" : ", ");
        scores.append("'%s': pow(%s, 4)".formatted(label, RANDOM.formatted("'" + label + "'")));
      }
      sql.execute(
          ("COPY (WITH drawn AS (SELECT i, printf('/archive/%%04d/call-%%08d.mp3', i // 100000, i //"
                  + " 100) AS recording, (i %% 100) * 5.0 AS start_s, MAP {%s} AS raw FROM range(%s)"
                  + " t(i)), scored AS (SELECT *, list_sum(map_values(raw)) AS total FROM drawn),"
                  + " parts AS (SELECT *, map_from_entries(list_transform(map_entries(raw), e ->"
                  + " {'k': e.key, 'v': e.value / total})) AS scores FROM scored) SELECT recording,"
                  + " recording || '#0:' || (start_s * 1000)::BIGINT || '-' || (start_s * 1000 +"
                  + " 4000)::BIGINT AS segment_id, 0 AS channel, start_s, start_s + 4 AS end_s, %s"
                  + " AS speech_probability, list_max(map_values(scores)) AS confidence,"
                  + " map_keys(scores)[list_position(map_values(scores), confidence)] AS emotion,"
                  + " confidence < 0.5 AS abstained, 1.0 AS out_of_domain, scores, 'female' AS"
                  + " gender, MAP {'female': 1.0} AS gender_scores, '%s' AS model_id, '53d653da' AS"
                  + " label_set, MAP {'speaker': 's' || (i // 100) %% 5000, 'city': ['Oslo', 'Rome',"
                  + " 'Lima'][1 + i // 100 %% 3], 'date': '2024-' || lpad(((i // 100) %% 12 +"
                  + " 1)::VARCHAR, 2, '0')} AS metadata FROM parts) TO '%s' (FORMAT json)")
              .formatted(
                  scores,
                  segments,
                  RANDOM.formatted("'speech'"),
                  modelId,
                  folder.resolve(annotations)));
      if (vectors > 0) {
        sql.execute(
            ("COPY (WITH drawn AS (SELECT segment_id, list_transform(range(%s), d -> hash(segment_id,"
                    + " d) %% 1000 / 500.0 - 1) AS v FROM read_json('%s',"
                    + " format='newline_delimited', columns={segment_id: 'VARCHAR'}) LIMIT %s),"
                    + " lengths AS (SELECT *, sqrt(2 * list_inner_product(v, v)) AS length FROM"
                    + " drawn) SELECT segment_id, '%s' AS model_id, list_transform(list_concat(v, v),"
                    + " x -> (x / length)::FLOAT) AS vector FROM lengths) TO '%s' (FORMAT parquet)")
                .formatted(
                    DIMS,
                    folder.resolve(annotations),
                    vectors,
                    modelId,
                    folder.resolve(embeddings)));
      }
    }
    Files.writeString(
        folder.resolve("summary-00000.json"),
        "{\"recordings\": %s, \"files\": [\"%s\"%s]}"
            .formatted(segments / 100, annotations, vectors > 0 ? ", \"" + embeddings + "\"" : ""));
    Files.writeString(folder.resolve("summary.json"), "{\"successful\": true}");
  }

  /**
   * Writes the folder {@code args[0]} with {@code args[1]} segments and {@code args[2]} vectors.
   */
  public static void main(String[] args) throws Exception {
    write(
        Path.of(args[0]),
        Long.parseLong(args[1]),
        Long.parseLong(args[2]),
        Bundles.resolve(Bundles.BUNDLED).id());
  }
}
