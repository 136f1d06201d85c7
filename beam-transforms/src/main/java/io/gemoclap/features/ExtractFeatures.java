package io.gemoclap.features;

import io.gemoclap.audio.SegmentStage;
import io.gemoclap.audio.SpeechSegment;
import io.gemoclap.failure.ErrorHandlers;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.Outcome;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Computes the features of a {@link FeatureSpec}, one matrix for each segment.
 *
 * <p>Element-wise, for bounded and unbounded input; results keep timestamp and window. A segment
 * that is too short, or of another sampling rate, becomes a failure of kind {@code UNFIT}, and one
 * that the extraction fails on becomes one of kind {@code INTERNAL}. A worker holds one segment and
 * its matrix. Deterministic: a retried bundle gives the same bits.
 */
public final class ExtractFeatures
    extends PTransform<PCollection<SpeechSegment>, Outcome<SpeechFeatures>> {
  private static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final FeatureSpec spec;
  private final @Nullable ErrorHandler<BadRecord, ?> errorHandler;

  private ExtractFeatures(FeatureSpec spec, @Nullable ErrorHandler<BadRecord, ?> errorHandler) {
    this.spec = spec;
    this.errorHandler = errorHandler;
  }

  /** Extracts what {@code spec} says, as a rule the spec of a model's bundle. */
  public static ExtractFeatures of(FeatureSpec spec) {
    return new ExtractFeatures(spec, null);
  }

  /**
   * Gives each failure to Beam's error handler too, as {@link io.gemoclap.failure.ToBadRecords}
   * converts it. It stays in {@link Outcome#failures}. Default: none.
   */
  public ExtractFeatures withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new ExtractFeatures(spec, handler);
  }

  @Override
  public Outcome<SpeechFeatures> expand(PCollection<SpeechSegment> segments) {
    SegmentStage<SpeechFeatures> stage = stage();
    Outcome<SpeechFeatures> extracted =
        Outcome.of(
            segments.apply(
                "Extract",
                ParDo.of(new ExtractFn(stage))
                    .withOutputTags(stage.results(), TupleTagList.of(FAILURES))),
            stage.results(),
            FAILURES);
    ErrorHandlers.handle(errorHandler, extracted.failures());
    extracted.results().setCoder(SpeechFeaturesCoder.of());
    return extracted;
  }

  /**
   * The same for segments that have just been decoded.
   *
   * @hidden
   */
  @Internal
  public SegmentStage<SpeechFeatures> stage() {
    return new FeatureStage(spec);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("spec", spec.toString()).withLabel("Feature spec"));
  }

  static final class ExtractFn extends DoFn<SpeechSegment, SpeechFeatures> {
    private final SegmentStage<SpeechFeatures> stage;
    private transient SegmentStage.Worker<SpeechFeatures> worker;

    ExtractFn(SegmentStage<SpeechFeatures> stage) {
      this.stage = stage;
    }

    @Setup
    public void setup() {
      worker = stage.open();
    }

    @ProcessElement
    public void process(@Element SpeechSegment segment, MultiOutputReceiver out) {
      worker.process(segment, out.get(stage.results())::output, out.get(FAILURES)::output);
    }
  }
}
