package io.gemoclap.audio;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.TupleTag;

/** Leaves segments as they are. */
final class NoStage implements SegmentStage<SpeechSegment> {
  private static final long serialVersionUID = 1L;
  private static final TupleTag<SpeechSegment> SEGMENTS = new TupleTag<>("localSegments") {};

  @Override
  public TupleTag<SpeechSegment> results() {
    return SEGMENTS;
  }

  @Override
  public Coder<SpeechSegment> coder() {
    return SpeechSegmentCoder.of();
  }

  @Override
  public Worker<SpeechSegment> open() {
    return (segment, results, failures) -> results.accept(segment);
  }
}
