package io.gemoclap.sample.estimate;

import io.gemoclap.sample.SampledSegment;

/**
 * A segment of the random part, and what people say it is. Immutable.
 *
 * @param segment the segment
 * @param said what the model says, as the meaning of its label
 * @param truth what people say: a label's meaning, or {@link #NOT_SPEECH}
 */
record Truth(SampledSegment segment, String said, String truth) {
  /** The label of what is not speech. No meaning of a label has an underscore and these words. */
  static final String NOT_SPEECH = "not_speech";

  boolean isRight() {
    return said.equals(truth);
  }
}
