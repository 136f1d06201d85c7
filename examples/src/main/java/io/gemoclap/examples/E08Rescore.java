package io.gemoclap.examples;

import io.gemoclap.embed.EmbedSpeech;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.read.ReadFeatures;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.ScoreEmotions;
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
 * Another model for the results of an archive, without the audio: embeds stored features again and
 * scores them. The results must hold features ({@code gemoclap annotate --features}) as the model
 * takes them; an adapted model takes those of its parent. The command {@code gemoclap rescore} does
 * the same, and carries over the failures and summaries of the recordings.
 *
 * <pre>{@code examples/run E08Rescore /tmp/results adapted /tmp/rescored}</pre>
 */
public final class E08Rescore {
  private E08Rescore() {}

  /** Takes the folder with results, the model and the output folder. */
  public static void main(String[] args) throws IOException {
    Pipeline pipeline = Pipeline.create();
    buildPipeline(pipeline, args[0], args[1], args[2]);
    pipeline.run().waitUntilFinish();
  }

  static void buildPipeline(Pipeline pipeline, String results, String model, String output)
      throws IOException {
    List<PCollection<Failure>> failures = new ArrayList<>();
    PCollection<SpeechEmbedding> embeddings =
        pipeline
            .apply(ReadFeatures.from(results))
            .apply(EmbedSpeech.with(model))
            .failuresTo(failures);
    PCollection<EmotionScores> scores =
        embeddings.apply(ScoreEmotions.with(model)).failuresTo(failures);
    PCollectionTuple.of(WriteAnnotations.SCORES, scores)
        .and(WriteAnnotations.FAILURES, PCollectionList.of(failures).apply(Flatten.pCollections()))
        .apply(WriteAnnotations.to(output));
  }
}
