package io.gemoclap.features;

import com.google.common.primitives.Floats;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.audio.SegmentRefCoder;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.values.Row;

/**
 * The features of one segment.
 *
 * @param ref which part of which recording
 * @param matrix frames × dims, as the {@link FeatureSpec} says
 * @param origin what the numbers are
 */
@DefaultCoder(SpeechFeaturesCoder.class)
public record SpeechFeatures(SegmentRef ref, FeatureMatrix matrix, FeatureOrigin origin) {
  /** A row with the fields that docs/output.md lists. */
  public Row toRow() {
    return SegmentRefCoder.row(SpeechFeaturesCoder.SCHEMA, ref)
        .addValues(matrix.frames(), matrix.dims())
        .addArray(Floats.asList(matrix.values()))
        .addValues(origin.spec(), origin.normalization())
        .build();
  }

  /**
   * The value of such a row: the opposite of {@link #toRow}.
   *
   * @throws IllegalArgumentException if the row lacks a field
   */
  public static SpeechFeatures fromRow(Row row) {
    return new SpeechFeatures(
        SegmentRefCoder.ref(row),
        FeatureMatrix.of(
            row.getInt32("frames"),
            row.getInt32("dims"),
            Floats.toArray(row.<Float>getArray("values"))),
        new FeatureOrigin(row.getString("featureSpec"), row.getString("normalization")));
  }
}
