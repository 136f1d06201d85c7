package io.gemoclap.audio;

import io.gemoclap.failure.Failure;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.TupleTag;

/**
 * What becomes of a segment on the worker that has decoded it, so that its samples need not be
 * moved.
 *
 * @param <T> what is made of a segment
 * @hidden
 */
@Internal
public interface SegmentStage<T> extends Serializable {
  /** Output that takes the results. */
  TupleTag<T> results();

  /** Encodes the results. */
  Coder<T> coder();

  /** Prepares a worker for segments. */
  Worker<T> open();

  /** The stage that leaves segments as they are. */
  static SegmentStage<SpeechSegment> none() {
    return new NoStage();
  }

  /**
   * Processes segments on one thread.
   *
   * @param <T> what is made of a segment
   * @hidden
   */
  @FunctionalInterface
  interface Worker<T> {
    /** Gives exactly one result or one failure for the segment. */
    void process(SpeechSegment segment, Consumer<T> results, Consumer<Failure> failures);
  }
}
