package io.gemoclap.review.index;

import io.gemoclap.corrections.Agreement;
import io.gemoclap.corrections.Answer;
import io.gemoclap.corrections.Correction;
import io.gemoclap.corrections.CorrectionLog;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.corrections.Meanings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * What people answered about the segments of an index. The answers of one person are appended to a
 * file, which no other process may have open; those of others are read once. Thread-safe.
 */
public final class Answers implements AutoCloseable {
  private final ResultsIndex index;
  private final CorrectionLog log;
  private final Path file;
  private final String by;
  private final Meanings meanings;
  private final Map<String, Map<String, Correction>> bySegment = new HashMap<>();
  private final List<String> unknown = new ArrayList<>();
  private final List<String> skipped;

  private Answers(
      ResultsIndex index,
      CorrectionLog log,
      Path file,
      String by,
      Meanings meanings,
      Corrections before) {
    this.index = index;
    this.log = log;
    this.file = file;
    this.by = by;
    this.meanings = meanings;
    skipped = before.skipped();
    for (String segment : before.segments()) {
      Map<String, Correction> people = new TreeMap<>();
      before.answers(segment).forEach(answer -> people.put(answer.by(), answer));
      bySegment.put(segment, people);
    }
  }

  /**
   * Opens a file of answers, and reads others.
   *
   * @param file created if it does not exist
   * @param others may name the file too
   * @param by who answers
   * @param meanings which labels mean the same, so that people agree who give them
   * @throws IOException if another process has the file open, or a file cannot be read
   */
  public static Answers open(
      ResultsIndex index, Path file, List<Path> others, String by, Meanings meanings)
      throws IOException {
    CorrectionLog log = CorrectionLog.open(file);
    try {
      List<Path> all = new ArrayList<>(List.of(file));
      others.stream()
          .filter(path -> !path.toAbsolutePath().equals(file.toAbsolutePath()))
          .forEach(all::add);
      Answers answers = new Answers(index, log, file, by, meanings, Corrections.read(all));
      answers.fill();
      return answers;
    } catch (SQLException e) {
      log.close();
      throw new IOException("The index cannot be queried: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** Fills the table that filters look into. */
  private void fill() throws SQLException {
    try (Connection connection = index.connection();
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE memory.answer (id BIGINT, person VARCHAR)");
      sql.execute("CREATE TABLE memory.named (segment_id VARCHAR, person VARCHAR)");
      try (DuckDBAppender rows =
          connection.unwrap(DuckDBConnection.class).createAppender("memory", "main", "named")) {
        for (Map.Entry<String, Map<String, Correction>> segment : bySegment.entrySet()) {
          for (String person : segment.getValue().keySet()) {
            rows.beginRow().append(segment.getKey()).append(person).endRow();
          }
        }
      }
      if (!bySegment.isEmpty()) {
        sql.execute(
            "INSERT INTO memory.answer SELECT s.id, n.person FROM results.segment s JOIN memory.named n"
                + " USING (segment_id)");
        try (ResultSet rows =
            sql.executeQuery(
                "SELECT DISTINCT segment_id FROM memory.named WHERE segment_id NOT IN (SELECT"
                    + " s.segment_id FROM results.segment s JOIN memory.answer a USING (id)) ORDER"
                    + " BY segment_id")) {
          while (rows.next()) {
            unknown.add(rows.getString(1));
          }
        }
      }
      sql.execute("DROP TABLE memory.named");
    }
  }

  /**
   * Appends an answer of this person; it is on disk when this returns.
   *
   * @param label empty unless the answer is a label
   */
  public synchronized Correction give(SegmentRow segment, Answer answer, String label)
      throws IOException {
    Correction correction =
        new Correction(
            segment.segmentId(),
            segment.recording(),
            answer,
            label,
            by,
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            segment.emotion(),
            segment.abstained(),
            segment.modelId(),
            segment.labelSet());
    log.append(correction);
    Map<String, Correction> people =
        bySegment.computeIfAbsent(segment.segmentId(), id -> new TreeMap<>());
    people.remove(by);
    if (answer != Answer.WITHDRAWN) {
      people.put(by, correction);
    }
    try (Connection connection = index.connection();
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM memory.answer WHERE id = ? AND person = ?");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO memory.answer VALUES (?, ?)")) {
      for (PreparedStatement change : List.of(delete, insert)) {
        change.setLong(1, segment.id());
        change.setString(2, by);
      }
      delete.executeUpdate();
      if (answer != Answer.WITHDRAWN) {
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IOException(
          "The answer is in '" + file + "', but the list cannot show it: " + e.getMessage(), e);
    }
    return correction;
  }

  /** The answers about a segment, one a person, in the order of their names. */
  public synchronized List<Correction> of(String segmentId) {
    return List.copyOf(bySegment.getOrDefault(segmentId, Map.of()).values());
  }

  /** Number of answered segments of each person. */
  public synchronized Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    all().forEach(answer -> counts.merge(answer.by(), 1, Integer::sum));
    return counts;
  }

  /** How far people agree. */
  public Agreement agreement() {
    List<Correction> all;
    synchronized (this) {
      all = all();
    }
    return Corrections.of(all, meanings::of).agreement();
  }

  /** Labels that people gave, in their spelling. */
  public synchronized Set<String> labels() {
    Set<String> labels = new HashSet<>();
    all().forEach(answer -> labels.add(answer.label()));
    labels.remove("");
    return labels;
  }

  private List<Correction> all() {
    return bySegment.values().stream().flatMap(people -> people.values().stream()).toList();
  }

  /** Ids of segments that have answers, but that the results do not hold. */
  public List<String> unknown() {
    return List.copyOf(unknown);
  }

  /** A sentence for each line that was skipped, since a killed process left it incomplete. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  /** Who answers. */
  public String by() {
    return by;
  }

  /** Where answers are appended. */
  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
