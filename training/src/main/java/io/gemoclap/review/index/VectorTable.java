package io.gemoclap.review.index;

import io.gemoclap.review.index.SegmentFilter.Condition;
import java.io.IOException;
import java.sql.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The vectors of an index, compared with a given one exactly. Thread-safe. */
public final class VectorTable {
  private final Segments segments;
  private final Queries queries;
  private final int dims;

  /** The vectors of an index that can be searched. */
  public VectorTable(ResultsIndex index, Segments segments) throws IOException {
    this.segments = segments;
    queries = new Queries(index);
    dims = (int) queries.number("SELECT len(v) FROM results.vector LIMIT 1", List.of());
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
    return queries.number("SELECT count(*) FROM results.vector", List.of());
  }

  /** The vector of a segment, of unit length; empty if it has none. */
  public Optional<float[]> of(long id) throws IOException {
    List<float[]> found = new ArrayList<>();
    queries.each(
        "SELECT v FROM results.vector WHERE id = ?",
        List.of(id),
        row -> found.add(IndexBuilder.floats((Array) row.getObject(1))));
    return found.stream().findFirst();
  }

  /** All vectors, in the order of their segments. */
  public void forEach(Taker taker) throws IOException {
    queries.each(
        "SELECT id, v FROM results.vector",
        List.of(),
        row -> taker.accept(row.getLong(1), IndexBuilder.floats((Array) row.getObject(2))));
  }

  /** The nearest segments that match a filter, nearest first. */
  public List<Hit> nearest(float[] vector, SegmentFilter filter, int count) throws IOException {
    return hits(vector, segments.condition(filter), count);
  }

  /** Those of some segments that match a filter, nearest first. */
  public List<Hit> rank(float[] vector, SegmentFilter filter, List<Long> ids, int count)
      throws IOException {
    if (ids.isEmpty()) {
      return List.of();
    }
    Condition where = segments.condition(filter);
    where.add(
        "id IN (%s)"
            .formatted(ids.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    return hits(vector, where, count);
  }

  private List<Hit> hits(float[] vector, Condition where, int count) throws IOException {
    if (vector.length != dims) {
      throw new IllegalArgumentException(
          "The vector has %s dimensions, those of the results %s".formatted(vector.length, dims));
    }
    List<Hit> hits = new ArrayList<>();
    queries.each(
        ("SELECT id, array_cosine_similarity(v, %s::FLOAT[%s]) AS similarity FROM results.vector%s"
                + " WHERE %s ORDER BY similarity DESC, id LIMIT %s")
            .formatted(
                Arrays.toString(vector),
                dims,
                where.parameters().isEmpty() && where.sql().equals("true")
                    ? ""
                    : " JOIN results.segment USING (id)",
                where.sql(),
                count),
        where.parameters(),
        row -> hits.add(new Hit(row.getLong(1), row.getDouble(2))));
    return hits;
  }
}
