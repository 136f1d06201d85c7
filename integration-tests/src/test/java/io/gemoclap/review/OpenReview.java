package io.gemoclap.review;

import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.corrections.Meanings;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.review.index.Answers;
import io.gemoclap.review.index.FinishedFiles;
import io.gemoclap.review.index.ResultsIndex;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.search.QueryModel;
import io.gemoclap.review.search.SegmentSearch;
import io.gemoclap.review.server.ReviewServer;
import io.gemoclap.review.server.Search;
import io.gemoclap.review.sound.Sound;
import io.gemoclap.review.sound.Sounds;
import io.gemoclap.training.transfer.Synonyms;
import java.io.IOException;
import java.nio.file.Path;

/** A review of results within this JVM. */
public final class OpenReview implements AutoCloseable {
  private final ResultsIndex index;
  private final Segments segments;
  private final Answers answers;
  private final Sounds sounds;
  private final SegmentSearch vectors;
  private final QueryModel model;
  private final ReviewServer server;

  /** Opens the index of results as the bundled model can search it. */
  public static ResultsIndex index(Path results) throws IOException {
    BundleRef bundle = Bundles.resolve(Bundles.BUNDLED);
    ModelManifest manifest = Bundles.manifest(bundle);
    FinishedFiles files = FinishedFiles.in(results);
    Path other = files.newestRescored().orElse(null);
    return ResultsIndex.open(
        new ResultsIndex.Source(
            files,
            other == null ? null : FinishedFiles.in(other),
            results.resolve("review"),
            bundle.id(),
            manifest.dims(),
            manifest.speechDims()),
        () -> {});
  }

  /** Serves results; recordings are opened below some roots only. */
  public OpenReview(Path results, AllowedRoots roots) throws IOException {
    index = index(results);
    segments = new Segments(index);
    Meanings meanings = new Meanings(segments.labels(), Synonyms.common()::meaning);
    answers =
        Answers.open(
            index,
            results.resolve("corrections.jsonl"),
            Corrections.filesIn(results),
            "kim",
            meanings);
    sounds =
        new Sounds(roots, new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, Sound.RATE));
    vectors = new SegmentSearch(index, segments, SegmentSearch.MOST_EXACT);
    model =
        new QueryModel(
            Bundles.resolve(Bundles.BUNDLED), DecodeAudio.recordings(), Normalization.AUTO, null);
    server =
        new ReviewServer(
            new ReviewServer.Served(
                index, segments, answers, sounds, new Search(model, vectors), ""),
            0);
  }

  /** The segments. */
  public Segments segments() {
    return segments;
  }

  /** The address of the page. */
  public String url() {
    return server.url();
  }

  /** A client with the token. */
  public ReviewClient client() {
    return new ReviewClient(server.url());
  }

  @Override
  public void close() throws IOException {
    server.close();
    model.close();
    vectors.close();
    sounds.close();
    answers.close();
    index.close();
  }
}
