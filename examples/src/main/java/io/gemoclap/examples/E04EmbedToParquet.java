package io.gemoclap.examples;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.ListRecordings;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * The stages one by one, stopping at the embeddings; the failures of all stages go to a folder of
 * their own.
 *
 * <pre>{@code
 * examples/run E04EmbedToParquet examples/samples /tmp/embeddings /tmp/failures
 * }</pre>
 */
public final class E04EmbedToParquet {
  private E04EmbedToParquet() {}

  /** Takes a folder or pattern of files, a folder for embeddings and a folder for failures. */
  public static void main(String[] args) throws IOException {
    Pipeline pipeline = Pipeline.create();
    buildPipeline(pipeline, args[0], args[1], args[2]);
    pipeline.run().waitUntilFinish();
  }

  static void buildPipeline(Pipeline pipeline, String input, String output, String failed)
      throws IOException {
    BundleRef bundle = Bundles.resolve(Bundles.BUNDLED);
    ModelManifest manifest = Bundles.manifest(bundle);
    DecodeAudio.Result audio =
        pipeline.apply(ListRecordings.of(input)).apply(DecodeAudio.recordings());

    List<PCollection<Failure>> failures = new ArrayList<>();
    failures.add(audio.failures());
    PCollection<SpeechEmbedding> embeddings =
        audio
            .segments()
            .apply(ExtractFeatures.of(manifest.featureSpec()))
            .failuresTo(failures)
            .apply(NormalizeFeatures.with(manifest.normalization()))
            .apply(EmbedSpeech.with(bundle))
            .failuresTo(failures);

    PCollectionTuple.of(WriteAnnotations.EMBEDDINGS, embeddings)
        .apply("WriteEmbeddings", WriteAnnotations.to(output));
    PCollectionTuple.of(
            WriteAnnotations.FAILURES,
            PCollectionList.of(failures).apply("Failures", Flatten.pCollections()))
        .apply("WriteFailures", WriteAnnotations.to(failed));
  }
}
