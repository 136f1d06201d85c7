package io.gemoclap.read;

import io.gemoclap.failure.Failure;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads {@code failures-*.jsonl} of a folder of results.
 *
 * <p>Bounded. Only files of finished parts count. Files are listed when the transform is applied:
 * an {@link java.io.UncheckedIOException} says so if there is no such folder, or if it lacks a file
 * that its summaries list. A row that cannot be read fails the job.
 */
public final class ReadFailures extends PTransform<PBegin, PCollection<Failure>> {
  private final ReadRows<Failure> rows;

  private ReadFailures(String folder) {
    rows = ReadRows.of(folder, "failures", Failure.class, ReadFailures::parse);
  }

  /**
   * Reads a folder on any Beam file system.
   *
   * @throws IllegalArgumentException if Beam would take the folder's name for a pattern
   */
  public static ReadFailures from(String folder) {
    return new ReadFailures(folder);
  }

  @Override
  public PCollection<Failure> expand(PBegin begin) {
    return begin.apply("Rows", rows);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    rows.populateDisplayData(builder);
  }

  private static Failure parse(Cells row) {
    return Failure.create(
        row.text("stage"),
        row.text("kind"),
        row.text("item"),
        row.text("recording"),
        row.text("message"),
        row.number("start_s"),
        row.textByName("metadata"));
  }
}
