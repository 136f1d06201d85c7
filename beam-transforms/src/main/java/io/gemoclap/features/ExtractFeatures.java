package io.gemoclap.features;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.audio.SpeechSegment;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.Outcome;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

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
  private static final String STAGE = "ExtractFeatures";
  private static final TupleTag<SpeechFeatures> FEATURES = new TupleTag<>("features") {};
  private static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  private final FeatureSpec spec;

  private ExtractFeatures(FeatureSpec spec) {
    this.spec = spec;
  }

  /** Extracts what {@code spec} says, as a rule the spec of a model's bundle. */
  public static ExtractFeatures of(FeatureSpec spec) {
    return new ExtractFeatures(spec);
  }

  @Override
  public Outcome<SpeechFeatures> expand(PCollection<SpeechSegment> segments) {
    return Outcome.of(
        segments.apply(
            "Extract",
            ParDo.of(new ExtractFn(spec)).withOutputTags(FEATURES, TupleTagList.of(FAILURES))),
        FEATURES,
        FAILURES);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("spec", spec.toString()).withLabel("Feature spec"));
  }

  static final class ExtractFn extends DoFn<SpeechSegment, SpeechFeatures> {
    private final FeatureSpec spec;
    private final Counter failed = Metrics.counter(STAGE, "failures");
    private transient FeatureExtractor extractor;
    private transient FeatureOrigin origin;

    ExtractFn(FeatureSpec spec) {
      this.spec = spec;
    }

    @Setup
    public void setup() {
      extractor = spec.extractor();
      origin = FeatureOrigin.of(spec);
    }

    @ProcessElement
    public void process(@Element SpeechSegment segment, MultiOutputReceiver out) {
      FeatureMatrix matrix;
      try {
        matrix = GuardedExtraction.of(() -> extract(segment));
      } catch (GuardedExtraction.FailedException e) {
        fail(segment, e.kind(), e.getMessage(), out);
        return;
      }
      out.get(FEATURES).output(new SpeechFeatures(segment.ref(), matrix, origin));
    }

    private FeatureMatrix extract(SpeechSegment segment) {
      if (segment.sampleRate() != spec.sampleRate()) {
        throw new IllegalArgumentException(
            "The segment has %s Hz, but the feature spec needs %s Hz"
                .formatted(segment.sampleRate(), spec.sampleRate()));
      }
      return extractor.extract(segment.samples());
    }

    private void fail(
        SpeechSegment segment, FailureKind kind, String message, MultiOutputReceiver out) {
      failed.inc();
      SegmentRef ref = segment.ref();
      out.get(FAILURES)
          .output(
              Failure.at(STAGE, kind, ref.id(), ref.recording(), ref.startSeconds(), message)
                  .withMetadata(ref.metadata()));
    }
  }
}
