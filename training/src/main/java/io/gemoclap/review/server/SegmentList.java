package io.gemoclap.review.server;

import io.gemoclap.corrections.Correction;
import io.gemoclap.review.index.Answers;
import io.gemoclap.review.index.SegmentFilter;
import io.gemoclap.review.index.SegmentOrder;
import io.gemoclap.review.index.SegmentRow;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.index.Segments.Cursor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of segments, page by page, each with what people answered about it. */
final class SegmentList {
  private final Segments segments;
  private final Answers answers;

  SegmentList(Segments segments, Answers answers) {
    this.segments = segments;
    this.answers = answers;
  }

  /**
   * A segment in a list.
   *
   * @param segment the row
   * @param answers what people say about it
   * @param similarity cosine with what was searched; null in a list without a search
   */
  record Entry(SegmentRow segment, List<Correction> answers, @Nullable Double similarity) {}

  /**
   * A page.
   *
   * @param entries its segments
   * @param next where the next page begins; null if this is the last
   */
  record EntryPage(List<Entry> entries, @Nullable String next) {}

  EntryPage page(Parameters parameters, byte[] body) throws IOException {
    String after = parameters.text("after");
    SegmentFilter filter = parameters.filter();
    boolean sampled = Boolean.TRUE.equals(filter.sampled());
    Segments.Page page =
        segments.page(
            filter,
            parameters.choice("order", sampled ? SegmentOrder.SAMPLE : SegmentOrder.ARCHIVE),
            after == null ? null : Cursor.parse(after),
            parameters.number("size", 1, Segments.MAX_PAGE, 50));
    return new EntryPage(
        page.rows().stream().map(row -> entry(row, null)).toList(),
        page.next() == null ? null : page.next().toString());
  }

  Map<String, Long> count(Parameters parameters, byte[] body) throws IOException {
    return Map.of("count", segments.count(parameters.filter()));
  }

  List<String> values(Parameters parameters, byte[] body) throws IOException {
    return segments.values(parameters.required("key"));
  }

  EntryPage byId(Parameters parameters, byte[] body) throws IOException {
    List<SegmentRow> rows = segments.byId(List.of(parameters.number("segment")));
    return new EntryPage(rows.stream().map(row -> entry(row, null)).toList(), null);
  }

  Entry entry(SegmentRow row, @Nullable Double similarity) {
    return new Entry(row, answers.of(row.segmentId()), similarity);
  }
}
