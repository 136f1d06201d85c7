package io.gemoclap.read;

import io.gemoclap.bundle.BundleRef;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.model.Familiarity;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads {@code embeddings-*.parquet} of a folder of results, so that {@code ScoreEmotions} can
 * score them with other labels, without audio. Metadata, speech probabilities and distances from
 * the training data are kept. The files hold the id of the bundle, but not where it is: the URI of
 * {@link SpeechEmbedding#model()} is empty.
 *
 * <p>A folder that {@code gemoclap rescore} wrote without another model has the embeddings of the
 * folder that it was made of.
 *
 * <p>Bounded. Only files of finished parts count. Files are listed when the transform is applied:
 * an {@link java.io.UncheckedIOException} says so if there is no such folder, or if it lacks a file
 * that its summaries list. A row that cannot be read fails the job.
 */
public final class ReadEmbeddings extends PTransform<PBegin, PCollection<SpeechEmbedding>> {
  private final ReadRows<SpeechEmbedding> rows;

  private ReadEmbeddings(String folder) {
    rows = ReadRows.of(folder, "embeddings", SpeechEmbedding.class, ReadEmbeddings::parse);
  }

  /**
   * Reads a folder on any Beam file system.
   *
   * @throws IllegalArgumentException if Beam would take the folder's name for a pattern
   */
  public static ReadEmbeddings from(String folder) {
    return new ReadEmbeddings(folder);
  }

  @Override
  public PCollection<SpeechEmbedding> expand(PBegin begin) {
    return begin.apply("Rows", rows);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    rows.populateDisplayData(builder);
  }

  private static SpeechEmbedding parse(Cells row) {
    return new SpeechEmbedding(
        Segments.ref(row),
        row.vector("vector"),
        new BundleRef("", row.text("model_id")),
        row.number("out_of_domain", Familiarity.UNKNOWN));
  }
}
