package io.gemoclap.examples;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.read.ReadEmbeddings;
import io.gemoclap.score.Labels;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Other labels for stored embeddings, without the audio: reads what {@link E04EmbedToParquet} wrote
 * and scores it again.
 *
 * <pre>{@code examples/run E05OtherLabels /tmp/embeddings angry,calm /tmp/rescored}</pre>
 */
public final class E05OtherLabels {
  private E05OtherLabels() {}

  /** Takes the folder with embeddings, the labels with commas between, and the output folder. */
  public static void main(String[] args) throws IOException {
    Pipeline pipeline = Pipeline.create();
    buildPipeline(pipeline, args[0], Labels.parse(args[1]), args[2]);
    pipeline.run().waitUntilFinish();
  }

  static void buildPipeline(Pipeline pipeline, String input, Labels labels, String output)
      throws IOException {
    PCollectionTuple.of(
            WriteAnnotations.SCORES,
            pipeline
                .apply(ReadEmbeddings.from(input))
                .apply(ScoreEmotions.with(Bundles.BUNDLED).withLabels(labels))
                .results())
        .apply(WriteAnnotations.to(output));
  }
}
