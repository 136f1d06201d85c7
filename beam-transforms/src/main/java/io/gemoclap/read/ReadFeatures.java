package io.gemoclap.read;

import static com.google.common.base.Preconditions.checkArgument;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureOrigin;
import io.gemoclap.features.SpeechFeatures;
import java.util.Set;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads {@code features-*.parquet} of a folder of results, so that {@code EmbedSpeech} can embed
 * them with another model of the same features, without audio.
 *
 * <p>A folder that {@code gemoclap rescore} wrote has the features of the folder that it was made
 * of.
 *
 * <p>Bounded. Only files of finished parts count. Files are listed when the transform is applied:
 * an {@link java.io.UncheckedIOException} says so if there is no such folder, or if it lacks a file
 * that its summaries list. A row that cannot be read fails the job.
 */
public final class ReadFeatures extends PTransform<PBegin, PCollection<SpeechFeatures>> {
  private final ReadRows<SpeechFeatures> rows;

  private ReadFeatures(ReadRows<SpeechFeatures> rows) {
    this.rows = rows;
  }

  /**
   * Reads a folder on any Beam file system.
   *
   * @throws IllegalArgumentException if Beam would take the folder's name for a pattern
   */
  public static ReadFeatures from(String folder) {
    return new ReadFeatures(
        ReadRows.of(folder, "features", SpeechFeatures.class, ReadFeatures::parse));
  }

  /**
   * Only the features of some recordings. Parts of files that hold none of them are not read.
   *
   * @param recordings ids, at least one
   */
  public ReadFeatures ofRecordings(Set<String> recordings) {
    checkArgument(!recordings.isEmpty(), "recordings is empty, but must contain at least one id");
    return new ReadFeatures(rows.ofRecordings(recordings));
  }

  @Override
  public PCollection<SpeechFeatures> expand(PBegin begin) {
    return begin.apply("Rows", rows);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    rows.populateDisplayData(builder);
  }

  private static SpeechFeatures parse(Cells row) {
    return new SpeechFeatures(
        Segments.ref(row),
        FeatureMatrix.of(row.integer("frames"), row.integer("dims"), row.vector("values")),
        new FeatureOrigin(row.text("feature_spec"), row.text("normalization")));
  }
}
