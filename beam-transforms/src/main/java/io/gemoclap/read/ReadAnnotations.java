package io.gemoclap.read;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.model.Familiarity;
import io.gemoclap.score.EmotionScores;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads {@code annotations-*.jsonl} of a folder of results, or {@code annotations-*.parquet} if it
 * has no JSON Lines. The columns do not include the event time, so it is null. Parquet does not
 * keep the order of labels: scores are in alphabetical order then.
 *
 * <p>Bounded. Only files of finished parts count. Files are listed when the transform is applied:
 * an {@link java.io.UncheckedIOException} says so if there is no such folder, or if it lacks a file
 * that its summaries list. A row that cannot be read fails the job.
 */
public final class ReadAnnotations extends PTransform<PBegin, PCollection<EmotionScores>> {
  private static final Counter READ = Metrics.counter("ReadAnnotations", "segments");

  private final ReadRows<EmotionScores> rows;

  private ReadAnnotations(String folder) {
    rows = ReadRows.of(folder, "annotations", EmotionScores.class, ReadAnnotations::parse);
  }

  /**
   * Reads a folder on any Beam file system.
   *
   * @throws IllegalArgumentException if Beam would take the folder's name for a pattern
   */
  public static ReadAnnotations from(String folder) {
    return new ReadAnnotations(folder);
  }

  @Override
  public PCollection<EmotionScores> expand(PBegin begin) {
    return begin.apply("Rows", rows);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    rows.populateDisplayData(builder);
  }

  private static EmotionScores parse(Cells row) {
    READ.inc();
    return EmotionScores.builder()
        .setRecording(row.text("recording"))
        .setSegmentId(row.text("segment_id"))
        .setChannel(row.integer("channel"))
        .setStartSeconds(row.number("start_s"))
        .setEndSeconds(row.number("end_s"))
        .setEmotion(row.text("emotion"))
        .setConfidence(row.number("confidence"))
        .setAbstained(row.flag("abstained"))
        .setScores(row.scores("scores"))
        .setGender(row.text("gender"))
        .setGenderScores(row.scores("gender_scores"))
        .setModelId(row.text("model_id"))
        .setLabelSet(row.text("label_set"))
        .setMetadata(row.textByName("metadata"))
        .setSpeechProbability(row.number("speech_probability", SegmentRef.UNKNOWN))
        .setOutOfDomain(row.number("out_of_domain", Familiarity.UNKNOWN))
        .build();
  }
}
