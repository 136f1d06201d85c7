package io.gemoclap.read;

import io.gemoclap.score.RecordingSummary;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads {@code recordings-*.jsonl} of a folder of results: one summary for each recording, channel,
 * label set and model.
 *
 * <p>Bounded. Only files of finished parts count. Files are listed when the transform is applied:
 * an {@link java.io.UncheckedIOException} says so if there is no such folder, or if it lacks a file
 * that its summaries list. A row that cannot be read fails the job.
 */
public final class ReadSummaries extends PTransform<PBegin, PCollection<RecordingSummary>> {
  private final ReadRows<RecordingSummary> rows;

  private ReadSummaries(String folder) {
    rows = ReadRows.of(folder, "recordings", RecordingSummary.class, ReadSummaries::parse);
  }

  /**
   * Reads a folder on any Beam file system.
   *
   * @throws IllegalArgumentException if Beam would take the folder's name for a pattern
   */
  public static ReadSummaries from(String folder) {
    return new ReadSummaries(folder);
  }

  @Override
  public PCollection<RecordingSummary> expand(PBegin begin) {
    return begin.apply("Rows", rows);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    rows.populateDisplayData(builder);
  }

  private static RecordingSummary parse(Cells row) {
    return RecordingSummary.builder()
        .setRecording(row.text("recording"))
        .setChannel(row.integer("channel"))
        .setSegments(row.integer("segments"))
        .setSpeechSeconds(row.number("speech_s"))
        .setRecordingSeconds(row.number("duration_s"))
        .setTruncated(row.flag("truncated"))
        .setEmotion(row.text("emotion"))
        .setScores(row.scores("scores"))
        .setGender(row.text("gender"))
        .setGenderScores(row.scores("gender_scores"))
        .setLabelSet(row.text("label_set"))
        .setModelId(row.text("model_id"))
        .setNotes(row.texts("notes"))
        .build();
  }
}
