package io.gemoclap.examples;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.bundle.BundleRef;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.score.Labels;
import io.gemoclap.score.ScoreEmotions;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.io.parquet.ParquetIO;
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
  public static void main(String[] args) throws IOException, CannotProvideCoderException {
    Pipeline pipeline = Pipeline.create();
    buildPipeline(pipeline, args[0], Labels.parse(args[1]), args[2]);
    pipeline.run().waitUntilFinish();
  }

  static void buildPipeline(Pipeline pipeline, String input, Labels labels, String output)
      throws IOException, CannotProvideCoderException {
    PCollectionTuple.of(
            WriteAnnotations.SCORES,
            pipeline
                .apply(
                    ParquetIO.parseGenericRecords(E05OtherLabels::embedding)
                        .from(input + "/embeddings-*.parquet")
                        .withCoder(pipeline.getCoderRegistry().getCoder(SpeechEmbedding.class)))
                .apply(ScoreEmotions.with(Bundles.BUNDLED).withLabels(labels))
                .results())
        .apply(WriteAnnotations.to(output));
  }

  private static SpeechEmbedding embedding(GenericRecord row) {
    SegmentRef ref =
        new SegmentRef(
            row.get("recording").toString(),
            (Integer) row.get("channel"),
            (Double) row.get("start_s"),
            (Double) row.get("end_s"),
            Map.of());
    List<?> values = (List<?>) row.get("vector");
    float[] vector = new float[values.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (Float) values.get(i);
    }
    return new SpeechEmbedding(
        ref, vector, new BundleRef(Bundles.BUNDLED, row.get("model_id").toString()));
  }
}
