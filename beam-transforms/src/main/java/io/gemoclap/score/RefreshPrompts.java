package io.gemoclap.score;

import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;

/**
 * Label sets that arrive while a job runs, as JSON that {@link EmotionPrompts#parse} reads: the
 * newest good one is what {@link ScoreEmotions#withLivePrompts} scores with.
 *
 * <p>A label set is tried first: read, checked, and embedded once by the model. One that fails
 * becomes one failure of kind {@code REFUSED}, and the last good one stays. Newest is by event
 * time. For unbounded input in any windows. Segments in flight may still be scored with the set
 * before: every result names its own.
 */
public final class RefreshPrompts extends PTransform<PCollection<String>, RefreshPrompts.Result> {
  private static final String STAGE = "RefreshPrompts";
  private static final TupleTag<Optional<EmotionPrompts>> PROMPTS = new TupleTag<>("prompts") {};
  private static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final String bundle;

  private RefreshPrompts(String bundle) {
    this.bundle = bundle;
  }

  /** Tries label sets with this bundle. */
  public static RefreshPrompts with(String bundle) {
    return new RefreshPrompts(bundle);
  }

  @Override
  public Result expand(PCollection<String> json) {
    PCollectionTuple tried =
        json.apply("Global", Window.into(new GlobalWindows()))
            .apply(
                "Try",
                ParDo.of(new TryFn(bundle)).withOutputTags(PROMPTS, TupleTagList.of(FAILURES)));
    PCollection<Optional<EmotionPrompts>> none =
        json.getPipeline().apply("None", Create.timestamped(oldest()).withCoder(NewestFn.CODER));
    PCollectionView<Optional<EmotionPrompts>> newest =
        PCollectionList.of(tried.get(PROMPTS).setCoder(NewestFn.CODER))
            .and(none)
            .apply("Together", Flatten.pCollections())
            .apply(
                "EachUpdate",
                Window.<Optional<EmotionPrompts>>configure()
                    .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                    .withAllowedLateness(Duration.ZERO)
                    .accumulatingFiredPanes())
            .apply("Date", Reify.timestamps())
            .apply("Newest", Combine.globally(new NewestFn()).asSingletonView());
    return new Result(json.getPipeline(), newest, tried.get(FAILURES));
  }

  /** So that scoring need not wait for a first label set. */
  private static TimestampedValue<Optional<EmotionPrompts>> oldest() {
    return TimestampedValue.atMinimumTimestamp(Optional.empty());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("bundle", bundle).withLabel("Model bundle"));
  }

  private static final class TryFn extends DoFn<String, Optional<EmotionPrompts>> {
    private final String bundle;
    private final Counter accepted = Metrics.counter(STAGE, "accepted");
    private final Counter refused = Metrics.counter(STAGE, "refused");

    TryFn(String bundle) {
      this.bundle = bundle;
    }

    @ProcessElement
    public void process(@Element String json, MultiOutputReceiver out) throws IOException {
      try {
        EmotionPrompts prompts = EmotionPrompts.parse(json);
        EmotionClassifier unused = EmotionClassifier.of(bundle, prompts);
        out.get(PROMPTS).output(Optional.of(prompts));
        accepted.inc();
      } catch (RuntimeException e) {
        String item = json.length() > 200 ? json.substring(0, 200) + "…" : json;
        out.get(FAILURES).output(Failure.of(STAGE, FailureKind.REFUSED, item, "", e.getMessage()));
        refused.inc();
      }
    }
  }

  /**
   * What came of the label sets.
   *
   * @param pipeline the pipeline
   * @param newest the newest good one; empty before the first
   * @param failures one for each that was refused, in the global window
   */
  public record Result(
      Pipeline pipeline,
      PCollectionView<Optional<EmotionPrompts>> newest,
      PCollection<Failure> failures)
      implements POutput {
    @Override
    public Pipeline getPipeline() {
      return pipeline;
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return Map.of(FAILURES, failures);
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }
}
