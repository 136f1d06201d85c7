package io.gemoclap.review.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.review.LargeResults;
import io.gemoclap.review.OpenReview;
import io.gemoclap.review.index.SegmentFilter.Range;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results without the columns that earlier versions did not write. */
final class OlderResultsIT {
  @TempDir private Path folder;

  /** Rows without some columns, as a table in a folder of results; the first file of its part. */
  private static void writeWithout(Path results, String columns, String format) throws Exception {
    LargeResults.write(results, 200, 0, "a");
    String written = "annotations-00000-00000-of-00001.jsonl";
    String old = "annotations-00000-00000-of-00001.old." + format;
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = database.createStatement()) {
      sql.execute(
          ("COPY (SELECT * EXCLUDE (%s) FROM read_json('%s', columns={recording: 'VARCHAR',"
                  + " segment_id: 'VARCHAR', channel: 'INTEGER', start_s: 'DOUBLE', end_s: 'DOUBLE',"
                  + " speech_probability: 'DOUBLE', emotion: 'VARCHAR', confidence: 'DOUBLE',"
                  + " abstained: 'BOOLEAN', out_of_domain: 'DOUBLE', scores: 'MAP(VARCHAR, DOUBLE)',"
                  + " gender: 'VARCHAR', model_id: 'VARCHAR', label_set: 'VARCHAR', metadata:"
                  + " 'MAP(VARCHAR, VARCHAR)'})) TO '%s' (FORMAT %s)")
              .formatted(
                  columns,
                  results.resolve(written),
                  results.resolve(old),
                  format.equals("parquet") ? "parquet" : "json"));
    }
    Files.delete(results.resolve(written));
    Files.writeString(
        results.resolve("summary-00000.json"),
        "{\"recordings\": 2, \"files\": [\"%s\"]}".formatted(old));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "jsonl"})
  void resultsOfEarlierVersionsLackEstimates(String format) throws Exception {
    Path results = folder.resolve("old-" + format);
    writeWithout(results, "speech_probability, out_of_domain", format);
    try (ResultsIndex old = OpenReview.index(results)) {
      Segments listed = new Segments(old);
      assertEquals(200, listed.count());
      SegmentRow row = listed.byId(3).orElseThrow();
      assertEquals(-1, row.speechProbability());
      assertEquals(-1, row.outOfDomain());
      SegmentFilter speech =
          new SegmentFilter(
              null, Range.ANY, null, new Range(0.5, null), null, Map.of(), null, null);
      assertEquals(200, listed.count(speech), "segments without an estimate are in every range");
    }
  }

  @Test
  void onlySomeFilesLackEstimates() throws Exception {
    Path results = folder.resolve("mixed");
    writeWithout(results, "gender", "parquet");
    Path newer = results.resolve("annotations-00000-00000-of-00001.old.parquet");
    Path kept = Files.move(newer, results.resolve("annotations-00001-00000-of-00001.parquet"));
    writeWithout(results, "speech_probability", "parquet");
    Files.writeString(
        results.resolve("summary-00001.json"),
        "{\"recordings\": 2, \"files\": [\"%s\"]}".formatted(kept.getFileName()));
    try (ResultsIndex mixed = OpenReview.index(results)) {
      Segments listed = new Segments(mixed);
      assertEquals(400, listed.count());
      List<SegmentRow> rows =
          listed.page(SegmentFilter.ALL, SegmentOrder.ARCHIVE, null, Segments.MAX_PAGE).rows();
      assertEquals(100, rows.stream().filter(row -> row.speechProbability() == -1).count());
    }
  }
}
