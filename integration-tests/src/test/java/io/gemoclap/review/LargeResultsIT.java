package io.gemoclap.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.Exhaustive;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.review.index.ResultsIndex;
import io.gemoclap.review.index.SegmentFilter;
import io.gemoclap.review.index.SegmentFilter.Range;
import io.gemoclap.review.index.SegmentOrder;
import io.gemoclap.review.index.SegmentRow;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.index.Segments.Cursor;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million segments in one folder of results. */
final class LargeResultsIT {
  private static final int COUNT = 1_000_000;
  private static final int PAGES = 50;

  @TempDir private Path folder;

  @Test
  @Exhaustive
  void aMillionSegmentsAreIndexedAndPaged() throws Exception {
    LargeResults.write(folder, COUNT, 0, Bundles.resolve(Bundles.BUNDLED).id());
    try (ResultsIndex index = OpenReview.index(folder)) {
      Segments segments = new Segments(index);
      assertEquals(COUNT, segments.count());
      SegmentFilter rome =
          new SegmentFilter(
              null,
              new Range(0.5, 0.6),
              null,
              Range.ANY,
              null,
              Map.of("city", "=Rome"),
              null,
              null);
      long matching = segments.count(rome);
      assertTrue(matching > 1_000 && matching < COUNT / 3, matching + " match");
      for (SegmentOrder order : SegmentOrder.values()) {
        Set<Long> seen = new HashSet<>();
        Cursor after = null;
        for (int page = 0; page < PAGES; page++) {
          Segments.Page found = segments.page(rome, order, after, Segments.MAX_PAGE);
          for (SegmentRow row : found.rows()) {
            assertTrue(seen.add(row.id()), order + " lists a segment twice");
            assertEquals("Rome", row.metadata().get("city"));
            assertTrue(row.confidence() >= 0.5 && row.confidence() <= 0.6);
          }
          after = found.next();
          assertNotNull(after, order + " ends early");
        }
        assertEquals(PAGES * Segments.MAX_PAGE, seen.size());
      }
    }
  }
}
