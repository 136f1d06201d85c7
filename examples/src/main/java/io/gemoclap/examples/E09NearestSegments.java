package io.gemoclap.examples;

import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.read.ReadEmbeddings;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * The moments of an archive that sound most like one of its segments: cosines with its stored
 * embedding, exactly, for any number of segments. {@code gemoclap review} searches interactively.
 *
 * <pre>{@code
 * examples/run E09NearestSegments /tmp/results '/calls/a.wav#0:1500-4200'
 * }</pre>
 */
public final class E09NearestSegments {
  private static final int NEAREST = 10;

  private E09NearestSegments() {}

  /** Takes the folder with results and the id of a segment; prints the nearest, itself first. */
  public static void main(String[] args) {
    Pipeline pipeline = Pipeline.create();
    buildPipeline(pipeline, args[0], args[1])
        .apply("Print", MapElements.into(TypeDescriptors.voids()).via(E09NearestSegments::print));
    pipeline.run().waitUntilFinish();
  }

  /** Ids of segments and their cosines, the greatest first. */
  static PCollection<List<KV<String, Double>>> buildPipeline(
      Pipeline pipeline, String results, String segment) {
    PCollection<SpeechEmbedding> embeddings = pipeline.apply(ReadEmbeddings.from(results));
    PCollectionView<SpeechEmbedding> example =
        embeddings
            .apply("Example", Filter.by(e -> e.ref().id().equals(segment)))
            .apply(View.asSingleton());
    return embeddings
        .apply("Compare", ParDo.of(new CompareFn(example)).withSideInputs(example))
        .apply("Nearest", Top.of(NEAREST, new KV.OrderByValue<>()));
  }

  private static final class CompareFn extends DoFn<SpeechEmbedding, KV<String, Double>> {
    private final PCollectionView<SpeechEmbedding> example;

    CompareFn(PCollectionView<SpeechEmbedding> example) {
      this.example = example;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      float[] one = context.sideInput(example).vector();
      float[] other = context.element().vector();
      double cosine = 0;
      for (int d = 0; d < one.length; d++) {
        cosine += one[d] * other[d];
      }
      context.output(KV.of(context.element().ref().id(), cosine));
    }
  }

  private static Void print(List<KV<String, Double>> nearest) {
    nearest.forEach(
        each -> System.out.printf(Locale.ROOT, "%.3f  %s%n", each.getValue(), each.getKey()));
    return null;
  }
}
