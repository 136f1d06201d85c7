package io.gemoclap.examples;

import io.gemoclap.bundle.Bundles;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.read.ReadEmbeddings;
import java.io.IOException;
import java.util.List;
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
 * The moments of an archive whose emotion is most like that of one of its segments: exact cosines
 * with stored embeddings, without their part for the voice, which would find the same speaker.
 * {@code gemoclap review} searches interactively.
 *
 * <pre>{@code examples/run E09NearestSegments /tmp/results '/calls/a.wav#0:1500-4200'}</pre>
 */
public final class E09NearestSegments {
  private static final int NEAREST = 10;

  private E09NearestSegments() {}

  /** Takes the results, a segment's id and the model (default: bundled); prints the nearest. */
  public static void main(String[] args) throws IOException {
    Pipeline pipeline = Pipeline.create();
    int dims = Bundles.manifest(args.length > 2 ? args[2] : Bundles.BUNDLED).dims();
    buildPipeline(pipeline, args[0], args[1], dims)
        .apply("Print", MapElements.into(TypeDescriptors.voids()).via(E09NearestSegments::print));
    pipeline.run().waitUntilFinish();
  }

  /** Ids of segments and cosines, the greatest first, in the model's space of some dimensions. */
  static PCollection<List<KV<String, Double>>> buildPipeline(
      Pipeline pipeline, String results, String segment, int dims) {
    PCollection<SpeechEmbedding> embeddings = pipeline.apply(ReadEmbeddings.from(results));
    PCollectionView<SpeechEmbedding> example =
        embeddings
            .apply("Example", Filter.by(e -> e.ref().id().equals(segment)))
            .apply(View.asSingleton());
    return embeddings
        .apply("Compare", ParDo.of(new CompareFn(example, dims)).withSideInputs(example))
        .apply("Nearest", Top.of(NEAREST, new KV.OrderByValue<>()));
  }

  private static final class CompareFn extends DoFn<SpeechEmbedding, KV<String, Double>> {
    private final PCollectionView<SpeechEmbedding> example;
    private final int dims;

    CompareFn(PCollectionView<SpeechEmbedding> example, int dims) {
      this.example = example;
      this.dims = dims;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      float[] one = context.sideInput(example).emotion(dims);
      float[] other = context.element().emotion(dims);
      double cosine = 0;
      for (int d = 0; d < one.length; d++) {
        cosine += one[d] * other[d];
      }
      context.output(KV.of(context.element().ref().id(), cosine));
    }
  }

  private static Void print(List<KV<String, Double>> nearest) {
    nearest.forEach(each -> System.out.println(each.getKey() + " " + each.getValue()));
    return null;
  }
}
