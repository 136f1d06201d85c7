package io.gemoclap.review.index;

import io.gemoclap.review.index.SegmentFilter.Condition;
import java.io.IOException;
import java.sql.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The vectors of an index, compared with a given one exactly. Thread-safe. */
public final class VectorTable {
  private final Segments segments;
  private final Queries queries;
  private final int dims;

  /** The vectors of an index that can be searched. */
  public VectorTable(ResultsIndex index, Segments segments) throws IOException {
    this.segments = segments;
    queries = new Queries(index);
    dims =
        (int)
            queries.number(
                "SELECT len(v) FROM results.vector WHERE v IS NOT NULL LIMIT 1", List.of());
  }

  /**
   * A segment that was found.
   *
   * @param id its place
   * @param similarity the cosine with the vector that was searched, −1 to 1
   */
  public record Hit(long id, double similarity) {}

  /** Takes a vector. */
  public interface Taker {
    /** Takes the vector of the segment with that id. */
    void accept(long id, float[] vector) throws IOException;
  }

  /** How many vectors there are. */
  public long count() throws IOException {
    return queries.number("SELECT count(v) FROM results.vector", List.of());
  }

  /** The vector of a segment, of unit length; empty if it has none. */
  public Optional<float[]> of(long id) throws IOException {
    List<float[]> found = new ArrayList<>();
    queries.each(
        "SELECT v FROM results.vector WHERE id = ? AND v IS NOT NULL",
        List.of(id),
        row -> found.add(IndexBuilder.floats((Array) row.getObject(1))));
    return found.stream().findFirst();
  }

  /** All vectors, in the order of their segments. */
  public void forEach(Taker taker) throws IOException {
    queries.each(
        "SELECT id, v FROM results.vector WHERE v IS NOT NULL",
        List.of(),
        row -> taker.accept(row.getLong(1), IndexBuilder.floats((Array) row.getObject(2))));
  }

  /** The nearest segments that match a filter, nearest first. */
  public List<Hit> nearest(float[] vector, SegmentFilter filter, int count) throws IOException {
    return hits(vector, "results.vector", segments.condition(filter), count);
  }

  /** Those of some segments that match a filter, nearest first. */
  public List<Hit> rank(float[] vector, SegmentFilter filter, List<Long> ids, int count)
      throws IOException {
    // The table is in the order of the ids, so that DuckDB finds rows by their place.
    String some =
        "(SELECT id, v FROM results.vector WHERE rowid IN (SELECT unnest(%s::BIGINT[])))"
            .formatted(ids);
    return hits(vector, some, segments.condition(filter), count);
  }

  private List<Hit> hits(float[] vector, String from, Condition where, int count)
      throws IOException {
    if (vector.length != dims) {
      throw new IllegalArgumentException(
          "The vector has %s dimensions, those of the results %s".formatted(vector.length, dims));
    }
    String matching =
        where.sql().equals("true")
            ? ""
            : " SEMI JOIN (SELECT id FROM results.segment WHERE %s) USING (id)"
                .formatted(where.sql());
    List<Hit> hits = new ArrayList<>();
    queries.each(
        ("SELECT id, array_cosine_similarity(v, %s::FLOAT[%s]) AS similarity FROM %s%s WHERE v IS"
                + " NOT NULL ORDER BY similarity DESC, id LIMIT %s")
            .formatted(Arrays.toString(vector), dims, from, matching, count),
        where.parameters(),
        row -> hits.add(new Hit(row.getLong(1), row.getDouble(2))));
    return hits;
  }
}
