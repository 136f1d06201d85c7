package io.gemoclap.features;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.audio.SegmentStage;
import io.gemoclap.audio.SpeechSegment;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.TupleTag;

/** Extracts the features of a segment, or says why it has none. */
final class FeatureStage implements SegmentStage<SpeechFeatures> {
  private static final long serialVersionUID = 1L;
  private static final String STAGE = "ExtractFeatures";
  private static final TupleTag<SpeechFeatures> FEATURES = new TupleTag<>("features") {};

  private final FeatureSpec spec;

  FeatureStage(FeatureSpec spec) {
    this.spec = spec;
  }

  @Override
  public TupleTag<SpeechFeatures> results() {
    return FEATURES;
  }

  @Override
  public Coder<SpeechFeatures> coder() {
    return SpeechFeaturesCoder.of();
  }

  @Override
  public Worker<SpeechFeatures> open() {
    FeatureExtractor extractor = spec.extractor();
    FeatureOrigin origin = FeatureOrigin.of(spec);
    Counter failed = Metrics.counter(STAGE, "failures");
    return (segment, results, failures) -> {
      FeatureMatrix matrix;
      try {
        matrix = GuardedExtraction.of(() -> extract(segment, extractor));
      } catch (GuardedExtraction.FailedException e) {
        failed.inc();
        failures.accept(failure(segment.ref(), e.kind(), e.getMessage()));
        return;
      }
      results.accept(new SpeechFeatures(segment.ref(), matrix, origin));
    };
  }

  private FeatureMatrix extract(SpeechSegment segment, FeatureExtractor extractor) {
    if (segment.sampleRate() != spec.sampleRate()) {
      throw new IllegalArgumentException(
          "The segment has %s Hz, but the feature spec needs %s Hz"
              .formatted(segment.sampleRate(), spec.sampleRate()));
    }
    return extractor.extract(segment.samples());
  }

  private static Failure failure(SegmentRef ref, FailureKind kind, String message) {
    return Failure.at(STAGE, kind, ref.id(), ref.recording(), ref.startSeconds(), message)
        .withMetadata(ref.metadata());
  }
}
