package io.gemoclap.review.search;

import io.gemoclap.review.index.ResultsIndex;
import io.gemoclap.review.index.SegmentFilter;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.index.VectorTable;
import io.gemoclap.review.index.VectorTable.Hit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the segments nearest to a vector: exactly where fewer than a million match the filter,
 * otherwise by an index that is built in the background the first time. If too few of the index's
 * candidates match, the search is exact too. Thread-safe.
 */
public final class SegmentSearch implements AutoCloseable {
  /** From this number of vectors on, an index is used. */
  public static final long MOST_EXACT = 1_000_000;

  /** Candidates that are taken from the index before they are filtered. */
  private static final int CANDIDATES = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(SegmentSearch.class);

  private final Segments segments;
  private final VectorTable vectors;
  private final Path folder;
  private final long mostExact;
  private final Thread builder;
  private volatile @Nullable NearestVectors nearest;
  private volatile boolean closed;

  /**
   * Searches an index.
   *
   * @param mostExact from this number of vectors on, an index is used: {@link #MOST_EXACT}
   */
  public SegmentSearch(ResultsIndex index, Segments segments, long mostExact) throws IOException {
    this.segments = segments;
    this.mostExact = mostExact;
    vectors = new VectorTable(index, segments);
    folder =
        index
            .file()
            .resolveSibling(index.file().getFileName().toString().replace(".duckdb", ".nearest"));
    builder = new Thread(this::prepare, "nearest-vectors");
    builder.setDaemon(true);
    if (vectors.count() >= mostExact) {
      builder.start();
    }
  }

  private void prepare() {
    try {
      if (!Files.exists(folder)) {
        NearestVectors.build(folder, taker -> vectors.forEach(taker::accept), () -> closed);
      }
      nearest = NearestVectors.open(folder);
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        LOG.warn("Searches stay exact, which takes longer: {}", e.getMessage());
      }
    }
  }

  /**
   * What a search found.
   *
   * @param hits nearest first
   * @param exact whether no segment can be nearer that is not among them
   */
  public record Found(List<Hit> hits, boolean exact) {}

  /** The segments nearest to a unit vector that match a filter. */
  public Found nearest(float[] vector, SegmentFilter filter, int count) throws IOException {
    NearestVectors index = nearest;
    if (index != null
        && (filter.equals(SegmentFilter.ALL) || segments.count(filter) >= mostExact)) {
      List<Long> candidates = index.nearest(vector, CANDIDATES);
      List<Hit> hits = vectors.rank(vector, filter, candidates, count);
      if (hits.size() == count) {
        return new Found(hits, false);
      }
      // Others that match are farther away than all candidates.
    }
    return new Found(vectors.nearest(vector, filter, count), true);
  }

  /** The vector of a segment; empty if it has none. */
  public Optional<float[]> vectorOf(long id) throws IOException {
    return vectors.of(id);
  }

  /** Whether an index is used, or will be once it is built. */
  public boolean isIndexed() {
    return nearest != null;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      builder.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (nearest != null) {
      nearest.close();
    }
  }
}
