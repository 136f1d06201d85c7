package io.gemoclap.examples;

import io.gemoclap.read.ReadAnnotations;
import io.gemoclap.read.ReadEmbeddings;
import io.gemoclap.read.ReadSummaries;
import io.gemoclap.row.SqlRows;
import io.gemoclap.score.EmotionScores;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.sql.SqlTransform;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.ToJson;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/**
 * Results as tables of Beam SQL: the emotions of each hour and agent, and the segments that sound
 * like a sentence, with the emotion of their recording. The metadata {@code time} and {@code agent}
 * come from columns of the manifest.
 *
 * <pre>{@code examples/run E10Sql /tmp/results 'tired and sad' /tmp/sql}</pre>
 */
public final class E10Sql {
  private static final String HOURS =
      """
      SELECT TUMBLE_START(eventTime, INTERVAL '1' HOUR) AS hour_start, metadata['agent'] AS agent,
          emotion, COUNT(*) AS segments, AVG(scores['anger']) AS anger
      FROM scores
      GROUP BY metadata['agent'], emotion, TUMBLE(eventTime, INTERVAL '1' HOUR)
      """;
  private static final String SIMILAR =
      """
      SELECT e.segmentId, r.emotion, EMOTION_SIMILARITY(e.vector, '%s') AS similarity
      FROM embeddings AS e JOIN recordings AS r
      ON e.recording = r.recording AND e.channel = r.channel
      """;

  private E10Sql() {}

  /** Takes the folder with results and embeddings, a sentence, and the output folder. */
  public static void main(String[] args) {
    Pipeline pipeline = Pipeline.create();
    buildPipeline(pipeline, args[0], args[1], args[2]);
    pipeline.run().waitUntilFinish();
  }

  static void buildPipeline(Pipeline pipeline, String results, String sentence, String output) {
    PCollection<Row> scores =
        pipeline
            .apply(ReadAnnotations.from(results))
            .apply(WithTimestamps.of(E10Sql::time))
            .apply("Scores", SqlRows.create());
    PCollection<Row> embeddings =
        pipeline.apply(ReadEmbeddings.from(results)).apply("Embeddings", SqlRows.create());
    PCollection<Row> recordings =
        pipeline.apply(ReadSummaries.from(results)).apply("Recordings", SqlRows.create());
    PCollectionTuple tables =
        PCollectionTuple.of("scores", scores)
            .and("embeddings", embeddings)
            .and("recordings", recordings);
    String similar = SIMILAR.formatted(sentence.replace("'", "''"));
    for (String query : List.of(HOURS, similar)) {
      String name = query.equals(HOURS) ? "hours" : "similar";
      tables
          .apply(name, sql(query))
          .apply(name + "Json", ToJson.of())
          .apply(name + "Write", TextIO.write().to(output + "/" + name).withSuffix(".jsonl"));
    }
  }

  private static SqlTransform sql(String query) {
    return SqlTransform.query(query)
        .withAutoLoading(false)
        .registerUdf("EMOTION_SIMILARITY", Similarity.class);
  }

  private static Instant time(EmotionScores scores) {
    return Instant.parse(scores.getMetadata().get("time"));
  }
}
