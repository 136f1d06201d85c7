package io.gemoclap.cli.evaluate;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.cli.options.DecodingOptions;
import io.gemoclap.cli.options.EmbeddingOptions;
import io.gemoclap.cli.options.NormalizeOption;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.ModelBundle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One row of the matrix: a bundle under a normalisation.
 *
 * @param name of the bundle in the matrix
 * @param annotate all that annotates, but for the labels; segments are whole utterances
 */
record MatrixRow(String name, AnnotateSpeech annotate) {

  /** Every model under every normalisation. */
  static List<MatrixRow> of(
      List<String> models,
      List<Normalization> normalizations,
      DecodingOptions decoding,
      EmbeddingOptions embedding)
      throws IOException {
    Set<Normalization> groups = new LinkedHashSet<>(normalizations);
    List<MatrixRow> rows = new ArrayList<>();
    Names names = Names.ofModels(models);
    for (String model : new LinkedHashSet<>(models)) {
      for (Normalization by : groups) {
        rows.add(new MatrixRow(names.of(model), annotate(model, by, decoding, embedding)));
      }
    }
    return rows;
  }

  private static AnnotateSpeech annotate(
      String model, Normalization by, DecodingOptions decoding, EmbeddingOptions embedding)
      throws IOException {
    AnnotateSpeech annotate =
        NormalizeOption.apply(AnnotateSpeech.with(model), by)
            .withDecoding(
                decoding.configure(
                    DecodeAudio.recordings().withSegmenter(Segmenter.spansOr(Segmenter.whole()))))
            .withEmbedding(embedding::configure);
    ModelBundle unused = Bundles.open(annotate.bundle());
    return annotate;
  }
}
