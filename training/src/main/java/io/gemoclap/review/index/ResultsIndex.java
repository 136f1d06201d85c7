package io.gemoclap.review.index;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import com.sun.management.OperatingSystemMXBean;
import io.gemoclap.review.index.IndexBuilder.Vectors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A database over the segments of a folder of results. It is built once, into a file whose name
 * tells from which files of results, and only read afterwards, by any number of processes.
 * Corrections lie in memory. Thread-safe: each thread takes a {@link #connection} of its own.
 */
public final class ResultsIndex implements AutoCloseable {
  private final DuckDBConnection database;
  private final FinishedFiles files;
  private final @Nullable Vectors vectors;
  private final String notCompared;
  private final long sampled;
  private final Path file;

  private ResultsIndex(
      DuckDBConnection database,
      FinishedFiles files,
      @Nullable Vectors vectors,
      String notCompared,
      long sampled,
      Path file) {
    this.database = database;
    this.files = files;
    this.vectors = vectors;
    this.notCompared = notCompared;
    this.sampled = sampled;
    this.file = file;
  }

  /**
   * What an index is made of.
   *
   * @param files the results
   * @param other results of another model for the same segments; null for none
   * @param folder where the database lies
   * @param modelId the bundle that searches
   * @param dims size of its space, in which sentences lie
   * @param stored size of the vectors that it stores
   */
  public record Source(
      FinishedFiles files,
      @Nullable FinishedFiles other,
      Path folder,
      String modelId,
      int dims,
      int stored) {}

  /**
   * Opens the database of some results, and builds it where there is none.
   *
   * @param building is called before it is built, which takes minutes for millions of segments
   * @throws IOException if the results cannot be read, or the database cannot be written
   */
  public static ResultsIndex open(Source source, Runnable building) throws IOException {
    try {
      String notCompared = notCompared(source);
      FinishedFiles other = notCompared.isEmpty() ? source.other : null;
      Vectors vectors = vectors(source);
      String name =
          "segments-%s.duckdb"
              .formatted(
                  source.files.digest(
                      IndexBuilder.VERSION, vectors, other == null ? "alone" : other));
      Path file = source.folder.resolve(name);
      Leftovers.deleteFrom(source.folder);
      if (!Files.exists(file)) {
        building.run();
        build(file, source.files, other, vectors);
      }
      DuckDBConnection database = memory();
      long sampled;
      try (Statement sql = database.createStatement()) {
        sql.execute("ATTACH %s AS results (READ_ONLY)".formatted(Sql.text(file.toString())));
        sampled = readSample(sql, source.files.folder());
      }
      return new ResultsIndex(database, source.files, vectors, notCompared, sampled, file);
    } catch (SQLException e) {
      throw new IOException(
          "The results in '%s' cannot be queried: %s"
              .formatted(source.files.folder(), e.getMessage()),
          e);
    }
  }

  /**
   * Fills the table of the segments that {@code gemoclap sample} has chosen, with their places in
   * the order in which to listen.
   */
  private static long readSample(Statement sql, Path folder) throws SQLException {
    sql.execute("CREATE TABLE memory.sampled (id BIGINT, place DOUBLE)");
    Path sample = folder.resolve("sample.jsonl");
    if (!Files.exists(sample)) {
      return 0;
    }
    sql.execute(
        ("INSERT INTO memory.sampled SELECT s.id, c.place FROM results.segment s JOIN (SELECT"
                + " segment_id, row_number() OVER () AS place FROM read_json(%s,"
                + " format='newline_delimited', columns={segment_id: 'VARCHAR'})) c USING"
                + " (segment_id)")
            .formatted(Sql.text(sample.toString())));
    try (ResultSet row = sql.executeQuery("SELECT count(*) FROM memory.sampled")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static DuckDBConnection memory() throws SQLException {
    Properties settings = new Properties();
    // Never over the network.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    DuckDBConnection database =
        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
    try (Statement sql = database.createStatement()) {
      long memory =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
      // Java's heap takes a quarter of it by default, and files are cached in the rest.
      sql.execute("SET memory_limit = '%sMiB'".formatted((memory >> 20) / 2));
      // Made when a query needs more than that, and deleted afterwards.
      Path spilled =
          Path.of(
              System.getProperty("java.io.tmpdir"),
              "gemoclap-review-" + ProcessHandle.current().pid());
      sql.execute("SET temp_directory = " + Sql.text(spilled.toString()));
    }
    return database;
  }

  private static void build(
      Path file, FinishedFiles files, @Nullable FinishedFiles other, @Nullable Vectors vectors)
      throws IOException, SQLException {
    Path folder = file.getParent();
    // Each process its own, so that two do not disturb each other: the last one's file stays.
    Path unfinished =
        folder.resolve("%s.%s.new".formatted(file.getFileName(), ProcessHandle.current().pid()));
    // In a container, a killed process may have had the same id.
    delete(unfinished);
    delete(Path.of(unfinished + ".wal"));
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new AccessDeniedException(folder.toString());
      }
      deleteOthers(folder);
      try (DuckDBConnection database = memory();
          Statement sql = database.createStatement()) {
        sql.execute("SET temp_directory = " + Sql.text(unfinished + ".tmp"));
        sql.execute("ATTACH %s AS results".formatted(Sql.text(unfinished.toString())));
        sql.execute("USE results");
        new IndexBuilder(sql, files, other, vectors).build();
        sql.execute("USE memory");
        sql.execute("DETACH results");
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw new IOException(
          ("The index cannot be written into '%s' (%s). Name a folder that can be written to with"
                  + " --index=<folder>")
              .formatted(
                  folder, e instanceof AccessDeniedException ? "access denied" : e.toString()),
          e);
    } finally {
      delete(unfinished);
      delete(Path.of(unfinished + ".wal"));
    }
  }

  /** Deletes what a failed build has left; why the build failed is of more interest. */
  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  /** What was made of earlier results; whoever still reads it keeps it until it closes it. */
  private static void deleteOthers(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : all.toList()) {
        if (path.getFileName().toString().matches("segments-\\w+\\.(duckdb|nearest)")) {
          MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
        }
      }
    }
  }

  /** The vectors that a bundle can search; null if there are none, or another bundle's. */
  private static @Nullable Vectors vectors(Source source) throws SQLException {
    if (source.files.embeddings().isEmpty()) {
      return null;
    }
    String query =
        "SELECT len(vector) FROM %s WHERE model_id = %s LIMIT 1"
            .formatted(Sql.embeddings(source.files), Sql.text(source.modelId));
    try (DuckDBConnection database = memory();
        Statement sql = database.createStatement();
        ResultSet row = sql.executeQuery(query)) {
      return row.next() && row.getInt(1) == source.stored
          ? new Vectors(source.modelId, source.dims, source.stored)
          : null;
    }
  }

  /** Why no other model is compared; empty if one is. The first rows stand for the others. */
  private static String notCompared(Source source) throws SQLException {
    FinishedFiles other = source.other;
    if (other == null) {
      return "there are no results of another model";
    }
    for (FinishedFiles files : List.of(source.files, other)) {
      if (!isWhole(files)) {
        return "those in '%s' have the probabilities of their most probable labels only. Make both without --top-k"
            .formatted(files.folder());
      }
    }
    return labels(source.files).equals(labels(other))
        ? ""
        : "those in '%s' are of other labels".formatted(other.folder());
  }

  /** Whether there are rows with the probabilities of all labels, or no rows at all. */
  private static boolean isWhole(FinishedFiles files) throws SQLException {
    try (DuckDBConnection database = memory();
        Statement sql = database.createStatement();
        ResultSet row =
            sql.executeQuery(
                "SELECT coalesce(bool_or(%s), true) FROM (SELECT scores FROM %s LIMIT 1000)"
                    .formatted(Sql.isWhole("scores"), Sql.annotations(files)))) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static List<String> labels(FinishedFiles files) throws SQLException {
    List<String> labels = new ArrayList<>();
    try (DuckDBConnection database = memory();
        Statement sql = database.createStatement();
        ResultSet rows =
            sql.executeQuery(
                ("SELECT DISTINCT unnest(map_keys(scores)) AS label FROM (SELECT scores FROM %s"
                        + " LIMIT 1000) ORDER BY label")
                    .formatted(Sql.annotations(files)))) {
      while (rows.next()) {
        labels.add(rows.getString(1));
      }
    }
    return labels;
  }

  /** A connection of its own, to be closed. Tables of the results are in {@code results}. */
  public Connection connection() throws SQLException {
    return database.duplicate();
  }

  /** The files that the index was made of. */
  public FinishedFiles files() {
    return files;
  }

  /** The id of the bundle that can search the vectors; empty if they cannot be searched. */
  public Optional<String> searchable() {
    return Optional.ofNullable(vectors).map(Vectors::modelId);
  }

  /** Whether the segments can be ordered by the disagreement of two models. */
  public boolean isCompared() {
    return notCompared.isEmpty();
  }

  /** Why the segments cannot be ordered by disagreement; empty if they can. */
  public String notCompared() {
    return notCompared;
  }

  /** How many segments {@code gemoclap sample} has chosen. */
  public long sampled() {
    return sampled;
  }

  /** The database, whose name changes with the results. */
  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    try {
      database.close();
    } catch (SQLException e) {
      throw new IOException("The index cannot be closed: " + e.getMessage(), e);
    }
  }
}
