package io.gemoclap.review.index;

import io.gemoclap.score.ZeroShotClassifier;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty database from the files of results.
 *
 * <ul>
 *   <li>{@code segment}: the annotations, in the order of recording, channel and time, with their
 *       place in it ({@code id}); a column {@code m<n>} for each key of the metadata.
 *   <li>{@code recording}: each recording with its first and last {@code id}.
 *   <li>{@code metadata_key}: the keys of the metadata with their columns.
 *   <li>{@code vector}: the part of each embedding that tells the emotion, of unit length.
 *   <li>{@code derived}: what orders need that no annotation holds: how typical a segment is of its
 *       emotion, and what another model says about it.
 * </ul>
 */
final class IndexBuilder {
  /** Changes whenever a table does, so that older databases are built again. */
  static final int VERSION = 3;

  /** Most keys of the metadata that can be filtered by. */
  static final int MAX_KEYS = 64;

  /** Most vectors that the mean vectors of the emotions are made of. */
  private static final int MEAN_SAMPLE = 20_000;

  private final Statement sql;
  private final FinishedFiles files;
  private final @Nullable FinishedFiles other;
  private final @Nullable Vectors vectors;

  /**
   * What the vectors are.
   *
   * @param modelId the bundle that made them
   * @param dims size of the space that sentences lie in
   * @param stored size of what is stored: {@code dims}, or twice that with a part for the voice
   */
  record Vectors(String modelId, int dims, int stored) {}

  IndexBuilder(
      Statement sql,
      FinishedFiles files,
      @Nullable FinishedFiles other,
      @Nullable Vectors vectors) {
    this.sql = sql;
    this.files = files;
    this.other = other;
    this.vectors = vectors;
  }

  void build() throws SQLException {
    segments();
    sql.execute(
        "CREATE TABLE recording AS SELECT recording AS name, min(id) AS first, max(id) AS last,"
            + " count(*) AS segments FROM segment GROUP BY recording ORDER BY first");
    if (vectors != null) {
      vectors(vectors);
    }
    derived();
  }

  private void segments() throws SQLException {
    String annotations = Sql.annotations(files);
    List<String> keys = new ArrayList<>();
    try (ResultSet rows =
        sql.executeQuery(
            "SELECT DISTINCT unnest(map_keys(metadata)) AS key FROM %s ORDER BY key LIMIT %s"
                .formatted(annotations, MAX_KEYS))) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    StringBuilder columns = new StringBuilder();
    sql.execute("CREATE TABLE metadata_key (name VARCHAR, key VARCHAR)");
    for (int k = 0; k < keys.size(); k++) {
      columns.append(", metadata[%s] AS m%s".formatted(Sql.text(keys.get(k)), k));
      sql.execute(
          "INSERT INTO metadata_key VALUES ('m%s', %s)".formatted(k, Sql.text(keys.get(k))));
    }
    sql.execute(
        ("CREATE TABLE segment AS SELECT row_number() OVER () - 1 AS id, * FROM (SELECT segment_id,"
                + " recording, channel, start_s, end_s, speech_probability, emotion, confidence,"
                + " abstained, out_of_domain, scores, gender, model_id, label_set, metadata,"
                + " hash(segment_id)::DOUBLE AS shuffle%s FROM %s"
                + " ORDER BY recording, channel, start_s, end_s)")
            .formatted(columns, annotations));
  }

  private void vectors(Vectors of) throws SQLException {
    String emotion =
        of.dims == of.stored
            ? "e.vector"
            // The parts for emotion and voice have the same length, which together is 1.
            : "list_transform(list_slice(e.vector, 1, %s), x -> x * sqrt(2))".formatted(of.dims);
    sql.execute(
        ("CREATE TABLE vector AS SELECT s.id, %s::FLOAT[%s] AS v FROM segment s LEFT JOIN (SELECT"
                + " segment_id, vector FROM %s WHERE model_id = %s) e USING (segment_id) ORDER BY"
                + " s.id")
            .formatted(emotion, of.dims, Sql.embeddings(files), Sql.text(of.modelId)));
  }

  private void derived() throws SQLException {
    String typical = vectors == null ? "s.confidence" : "NULL";
    String from = "segment s";
    if (vectors != null) {
      means(vectors.dims);
      typical = "array_cosine_similarity(v.v, m.mean)";
      from += " LEFT JOIN vector v USING (id) LEFT JOIN mean m USING (emotion)";
    }
    String others = "NULL::VARCHAR AS other_emotion, NULL::DOUBLE AS other_confidence, -1::DOUBLE";
    if (other != null) {
      others =
          "o.emotion AS other_emotion, o.confidence AS other_confidence,"
              // Total variation distance of the two distributions; -1 unless both are known.
              + " CASE WHEN %s AND %s THEN list_sum(list_transform(list_distinct(list_concat("
                  .formatted(Sql.isWhole("s.scores"), Sql.isWhole("o.scores"))
              + "map_keys(s.scores), map_keys(o.scores))), k -> abs(coalesce(s.scores[k], 0) -"
              + " coalesce(o.scores[k], 0)))) / 2 ELSE -1 END";
      from +=
          " LEFT JOIN (SELECT segment_id, emotion, confidence, scores FROM %s) o USING (segment_id)"
              .formatted(Sql.annotations(other));
    }
    sql.execute(
        ("CREATE TABLE derived AS SELECT s.id, coalesce(%s, -2)::DOUBLE AS typical, %s AS disagreement FROM %s"
                + " ORDER BY s.id")
            .formatted(typical, others, from));
  }

  /** The mean direction of the vectors of each emotion, from a sample of them. */
  private void means(int dims) throws SQLException {
    Map<String, List<float[]>> byEmotion = new LinkedHashMap<>();
    try (ResultSet rows =
        sql.executeQuery(
            ("SELECT s.emotion, v.v FROM (SELECT * FROM vector WHERE v IS NOT NULL USING SAMPLE reservoir(%s ROWS)"
                    + " REPEATABLE (1)) v JOIN segment s USING (id)")
                .formatted(MEAN_SAMPLE))) {
      while (rows.next()) {
        byEmotion
            .computeIfAbsent(rows.getString(1), e -> new ArrayList<>())
            .add(floats((Array) rows.getObject(2)));
      }
    }
    sql.execute("CREATE TABLE mean (emotion VARCHAR, mean FLOAT[%s])".formatted(dims));
    for (Map.Entry<String, List<float[]>> emotion : byEmotion.entrySet()) {
      float[] mean = ZeroShotClassifier.meanDirection(emotion.getValue().toArray(float[][]::new));
      sql.execute(
          "INSERT INTO mean VALUES (%s, %s)"
              .formatted(Sql.text(emotion.getKey()), Arrays.toString(mean)));
    }
  }

  /** The numbers of a vector. */
  static float[] floats(Array array) throws SQLException {
    Object[] values = (Object[]) array.getArray();
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = ((Number) values[i]).floatValue();
    }
    return floats;
  }
}
