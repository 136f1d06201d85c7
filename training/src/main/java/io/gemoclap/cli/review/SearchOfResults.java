package io.gemoclap.cli.review;

import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.cli.archive.AnnotateJob;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.review.index.ResultsIndex;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.search.QueryModel;
import io.gemoclap.review.search.SegmentSearch;
import io.gemoclap.review.server.Search;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The search of results, or why there is none.
 *
 * @param search null if there is none
 * @param problem why, with the remedy; empty if there is one
 */
record SearchOfResults(@Nullable Search search, String problem) implements AutoCloseable {

  static SearchOfResults of(
      ResultsIndex index,
      Segments segments,
      BundleRef bundle,
      AnnotateJob job,
      DecoderIsolation isolation)
      throws IOException {
    if (index.files().embeddings().isEmpty()) {
      return new SearchOfResults(
          null, "These results have no vectors to search. Annotate with --embeddings.");
    }
    if (index.searchable().isEmpty()) {
      return new SearchOfResults(
          null,
          ("Model %s did not make the vectors of these results, and cannot search them. Start"
                  + " 'gemoclap review' with --model=<bundle> of the model that did: %s.")
              .formatted(bundle, String.join(", ", segments.models())));
    }
    TorchEngine.startInBackground();
    return new SearchOfResults(
        new Search(
            new QueryModel(
                bundle,
                job.decoding().withIsolation(isolation),
                job.normalization(),
                job.archive()),
            new SegmentSearch(index, segments, SegmentSearch.MOST_EXACT)),
        "");
  }

  @Override
  public void close() throws IOException {
    if (search != null) {
      search.model().close();
      search.vectors().close();
    }
  }
}
