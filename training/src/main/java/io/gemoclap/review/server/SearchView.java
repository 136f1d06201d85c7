package io.gemoclap.review.server;

import io.gemoclap.review.index.SegmentRow;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.index.VectorTable.Hit;
import io.gemoclap.review.search.SegmentSearch;
import io.gemoclap.review.server.Api.UndecidedException;
import io.gemoclap.review.server.SegmentList.Entry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Searches by words, by a segment, or by a recording that is sent along. */
final class SearchView {
  private static final int MAX_WORDS = 1_000;

  private final Segments segments;
  private final SegmentList list;
  private final @Nullable Search search;
  private final String problem;

  /**
   * The view.
   *
   * @param search null if the results cannot be searched
   * @param problem why not; empty if they can
   */
  SearchView(Segments segments, SegmentList list, @Nullable Search search, String problem) {
    this.segments = segments;
    this.list = list;
    this.search = search;
    this.problem = problem;
  }

  /**
   * What was found.
   *
   * @param entries nearest first
   * @param exact whether nothing nearer can have been missed
   * @param modelId the bundle whose vectors were compared
   */
  record Found(List<Entry> entries, boolean exact, String modelId) {}

  String problem() {
    return problem;
  }

  Found find(Parameters parameters, byte[] body) throws IOException {
    Search by = search;
    if (by == null) {
      throw new UndecidedException(problem);
    }
    SegmentSearch.Found found =
        by.vectors()
            .nearest(
                vector(by, parameters, body),
                parameters.filter(),
                parameters.number("size", 1, Segments.MAX_PAGE, 50));
    Map<Long, Double> similarities = new HashMap<>();
    found.hits().forEach(hit -> similarities.put(hit.id(), hit.similarity()));
    List<SegmentRow> rows = segments.byId(found.hits().stream().map(Hit::id).toList());
    return new Found(
        rows.stream().map(row -> list.entry(row, similarities.get(row.id()))).toList(),
        found.exact(),
        by.model().bundle().id());
  }

  private static float[] vector(Search by, Parameters parameters, byte[] body) throws IOException {
    if (body.length > 0) {
      return by.model().recording(parameters.required("name"), body);
    }
    String words = parameters.text("words");
    if (words != null) {
      if (words.length() > MAX_WORDS) {
        throw new IllegalArgumentException("Search for at most " + MAX_WORDS + " characters");
      }
      return by.model().words(words);
    }
    long id = parameters.number("segment");
    return by.vectors()
        .vectorOf(id)
        .orElseThrow(() -> new FileNotFoundException("Segment " + id + " has no stored vector"));
  }
}
