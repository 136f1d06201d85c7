package io.gemoclap.review.index;

import io.gemoclap.review.index.SegmentFilter.Condition;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists the segments of an index. Thread-safe. */
public final class Segments {
  /** Most segments of a page. */
  public static final int MAX_PAGE = 200;

  /** Most segments of a recording that are given at once. */
  public static final int MAX_OF_RECORDING = 20_000;

  private final Queries queries;
  private final Map<String, String> columns;
  private final long count;

  /** Lists the segments of an index. */
  public Segments(ResultsIndex index) throws IOException {
    queries = new Queries(index);
    columns = new LinkedHashMap<>();
    queries.each(
        "SELECT key, name FROM results.metadata_key",
        List.of(),
        row -> columns.put(row.getString(1), row.getString(2)));
    count = queries.number("SELECT count(*) FROM results.segment", List.of());
  }

  /** The place after which a page begins: the key and the id of the last segment before it. */
  public record Cursor(double key, long id) {
    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if it is nothing such
     */
    public static Cursor parse(String text) {
      String[] parts = text.split("_", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("'" + text + "' is no place in a list");
      }
      return new Cursor(Double.parseDouble(parts[0]), Long.parseLong(parts[1]));
    }

    @Override
    public String toString() {
      return key + "_" + id;
    }
  }

  /**
   * A page of a list.
   *
   * @param rows its segments
   * @param next where the next page begins; null if this is the last
   */
  public record Page(List<SegmentRow> rows, @Nullable Cursor next) {}

  /** The condition of a filter. */
  Condition condition(SegmentFilter filter) {
    return filter.condition(columns);
  }

  /** How many segments there are. */
  public long count() {
    return count;
  }

  /** How many segments match a filter. */
  public long count(SegmentFilter filter) throws IOException {
    Condition where = filter.condition(columns);
    return queries.number(
        "SELECT count(*) FROM results.segment WHERE " + where.sql(), where.parameters());
  }

  /** The keys of the metadata that can be filtered by, at most 64. */
  public List<String> keys() {
    return List.copyOf(columns.keySet());
  }

  /** The most frequent values of a key of the metadata, at most 200. */
  public List<String> values(String key) throws IOException {
    String column = columns.get(key);
    List<String> values = new ArrayList<>();
    if (column != null) {
      queries.each(
          ("SELECT %s AS value, count(*) AS n FROM results.segment WHERE value IS NOT NULL GROUP BY"
                  + " value ORDER BY n DESC, value LIMIT 200")
              .formatted(column),
          List.of(),
          row -> values.add(row.getString(1)));
    }
    return values;
  }

  /** The labels that segments are shown with, and how many of them. */
  public Map<String, Long> emotions() throws IOException {
    Map<String, Long> emotions = new LinkedHashMap<>();
    queries.each(
        "SELECT emotion, count(*) FROM results.segment GROUP BY emotion ORDER BY emotion",
        List.of(),
        row -> emotions.put(row.getString(1), row.getLong(2)));
    return emotions;
  }

  /** All labels that segments have probabilities of, in the order of the rows. */
  public List<String> labels() throws IOException {
    List<String> labels = new ArrayList<>();
    queries.each(
        "SELECT DISTINCT map_keys(scores) AS labels FROM (SELECT scores FROM results.segment LIMIT"
            + " 10000) ORDER BY len(labels) DESC, labels",
        List.of(),
        row -> {
          for (Object label : (Object[]) row.getArray(1).getArray()) {
            if (!labels.contains(label)) {
              labels.add((String) label);
            }
          }
        });
    emotions().keySet().stream().filter(label -> !labels.contains(label)).forEach(labels::add);
    return labels;
  }

  /** The ids of the models that made the segments. */
  public List<String> models() throws IOException {
    List<String> models = new ArrayList<>();
    queries.each(
        "SELECT DISTINCT model_id FROM results.segment ORDER BY 1",
        List.of(),
        row -> models.add(row.getString(1)));
    return models;
  }

  /** The models and label sets of the segments, each as "model_id label_set". */
  public List<String> origins() throws IOException {
    List<String> origins = new ArrayList<>();
    queries.each(
        "SELECT DISTINCT model_id || ' ' || label_set FROM results.segment ORDER BY 1",
        List.of(),
        row -> origins.add(row.getString(1)));
    return origins;
  }

  /**
   * A page of the segments that match a filter. Its cost does not grow with its place in the list.
   *
   * @param after where it begins; null for the first page
   * @param size number of its segments, 1 to {@link #MAX_PAGE}
   */
  public Page page(SegmentFilter filter, SegmentOrder order, @Nullable Cursor after, int size)
      throws IOException {
    Condition where = filter.condition(columns);
    List<Object> parameters = new ArrayList<>(where.parameters());
    if (after != null) {
      Object key = order.parameter(after.key);
      parameters.addAll(List.of(key, key, after.id));
    }
    List<Cursor> found = new ArrayList<>();
    queries.each(
        order.query(where.sql(), after != null, size + 1),
        parameters,
        row -> found.add(new Cursor(row.getDouble(1), row.getLong(2))));
    List<Cursor> page = found.subList(0, Math.min(size, found.size()));
    return new Page(
        byId(page.stream().map(Cursor::id).toList()),
        found.size() > size ? page.get(size - 1) : null);
  }

  /** Segments by their places, in the given order; those that do not exist are left out. */
  public List<SegmentRow> byId(List<Long> ids) throws IOException {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<Long, SegmentRow> rows = new HashMap<>();
    // Both tables are in the order of the ids. DuckDB finds rows by their place only if each table
    // is narrowed before the join.
    String table = "(SELECT t.* FROM results.%s t WHERE t.rowid IN (SELECT unnest(%s)))";
    queries.each(
        "SELECT * FROM %s s JOIN %s d USING (id)"
            .formatted(table.formatted("segment", ids), table.formatted("derived", ids)),
        List.of(),
        row -> rows.put(row.getLong("id"), row(row)));
    return ids.stream().filter(rows::containsKey).map(rows::get).toList();
  }

  /** A segment by its place; empty if there is none. */
  public Optional<SegmentRow> byId(long id) throws IOException {
    return byId(List.of(id)).stream().findFirst();
  }

  /**
   * A segment of a recording, as a span of its waveform.
   *
   * @param id place of the segment
   * @param channel its channel
   * @param start seconds
   * @param end seconds
   * @param emotion the label shown
   * @param confidence its probability
   * @param abstained whether that is too low to show it
   */
  public record Span(
      long id,
      int channel,
      double start,
      double end,
      String emotion,
      double confidence,
      boolean abstained) {}

  /** The first 20,000 segments of a recording, by channel and time. */
  public List<Span> ofRecording(String recording) throws IOException {
    List<Span> spans = new ArrayList<>();
    queries.each(
        ("SELECT s.id, channel, start_s, end_s, emotion, confidence, abstained FROM results.segment"
                + " s, (SELECT first, last FROM results.recording WHERE name = ?) r WHERE s.id"
                + " BETWEEN r.first AND r.last ORDER BY s.id LIMIT %s")
            .formatted(MAX_OF_RECORDING),
        List.of(recording),
        row ->
            spans.add(
                new Span(
                    row.getLong(1),
                    row.getInt(2),
                    row.getDouble(3),
                    row.getDouble(4),
                    row.getString(5),
                    row.getDouble(6),
                    row.getBoolean(7))));
    return spans;
  }

  @SuppressWarnings("unchecked") // the columns are maps of these types
  private static SegmentRow row(ResultSet row) throws SQLException {
    return new SegmentRow(
        row.getLong("id"),
        row.getString("segment_id"),
        row.getString("recording"),
        row.getInt("channel"),
        row.getDouble("start_s"),
        row.getDouble("end_s"),
        row.getDouble("speech_probability"),
        row.getString("emotion"),
        row.getDouble("confidence"),
        row.getBoolean("abstained"),
        row.getDouble("out_of_domain"),
        (Map<String, Double>) row.getObject("scores"),
        row.getString("gender"),
        row.getString("model_id"),
        row.getString("label_set"),
        (Map<String, String>) row.getObject("metadata"),
        row.getString("other_emotion"),
        row.getObject("other_confidence", Double.class),
        row.getDouble("disagreement") < 0 ? null : row.getDouble("disagreement"));
  }
}
