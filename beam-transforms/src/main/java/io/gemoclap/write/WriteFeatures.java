package io.gemoclap.write;

import io.gemoclap.census.SinkFolder;
import io.gemoclap.failure.SecretMask;
import io.gemoclap.features.SpeechFeatures;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes feature matrices as {@code features-*.parquet}: identity of the segment, {@code frames},
 * {@code dims}, and {@code values} row by row. Files appear when their window is complete; a
 * retried bundle leaves no duplicates.
 */
public final class WriteFeatures extends PTransform<PCollection<SpeechFeatures>, PDone> {
  private final String folder;

  private WriteFeatures(String folder) {
    this.folder = folder;
  }

  /** Writes below a folder on any Beam file system. */
  public static WriteFeatures to(String folder) {
    return new WriteFeatures(SinkFolder.requirePlain(folder));
  }

  @Override
  public PDone expand(PCollection<SpeechFeatures> features) {
    features.apply(RowFiles.parquet(folder, "features", Rows.FEATURES));
    return PDone.in(features.getPipeline());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("folder", SecretMask.of(folder)).withLabel("Output folder"));
  }
}
