package io.gemoclap.audio;

import io.gemoclap.row.CoderRows;
import java.util.Arrays;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/**
 * A stretch of speech: mono float samples in [-1, 1] at the rate that the decoder was set to. Equal
 * by content. The samples are shared, not copied, and must not be written to.
 *
 * @param ref which part of which recording
 * @param sampleRate samples per second
 * @param samples at least one sample
 */
@DefaultCoder(SpeechSegmentCoder.class)
@DefaultSchema(CoderRows.class)
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below look at the content
public record SpeechSegment(SegmentRef ref, int sampleRate, float[] samples) {

  @Override
  public boolean equals(Object other) {
    return other instanceof SpeechSegment that
        && ref.equals(that.ref)
        && sampleRate == that.sampleRate
        && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return 31 * ref.hashCode() + Arrays.hashCode(samples);
  }

  @Override
  public String toString() {
    return "SpeechSegment[" + ref.id() + ", " + samples.length + " samples]";
  }
}
