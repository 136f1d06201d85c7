package io.gemoclap.audio;

import com.google.common.primitives.Floats;
import java.util.Arrays;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.values.Row;

/**
 * A stretch of speech: mono float samples in [-1, 1] at the rate that the decoder was set to. Equal
 * by content. The samples are shared, not copied, and must not be written to.
 *
 * @param ref which part of which recording
 * @param sampleRate samples per second
 * @param samples at least one sample
 */
@DefaultCoder(SpeechSegmentCoder.class)
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

  /** A row with the fields that docs/output.md lists. */
  public Row toRow() {
    return SegmentRefCoder.row(SpeechSegmentCoder.SCHEMA, ref)
        .addValue(sampleRate)
        .addArray(Floats.asList(samples))
        .build();
  }

  /**
   * The value of such a row: the opposite of {@link #toRow}.
   *
   * @throws IllegalArgumentException if the row lacks a field
   */
  public static SpeechSegment fromRow(Row row) {
    return new SpeechSegment(
        SegmentRefCoder.ref(row),
        row.getInt32("sampleRate"),
        Floats.toArray(row.<Float>getArray("samples")));
  }
}
