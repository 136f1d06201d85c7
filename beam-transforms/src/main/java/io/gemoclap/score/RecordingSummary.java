package io.gemoclap.score;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** How one channel of a recording sounds on the whole. Has a Beam schema. Immutable. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class RecordingSummary {
  /** All fields; for Beam's schema and {@link SummarizeRecordings}. */
  @SchemaCreate
  public static RecordingSummary create(
      String recording,
      int channel,
      int segments,
      double speechSeconds,
      double recordingSeconds,
      boolean truncated,
      String emotion,
      List<LabelScore> scores,
      String gender,
      List<LabelScore> genderScores,
      List<String> notes) {
    return new AutoValue_RecordingSummary(
        recording,
        channel,
        segments,
        speechSeconds,
        recordingSeconds,
        truncated,
        emotion,
        scores,
        gender,
        genderScores,
        notes);
  }

  /** Id of the recording. */
  public abstract String getRecording();

  /** Channel, 0 for the mixed signal. */
  public abstract int getChannel();

  /** Scored segments. */
  public abstract int getSegments();

  /** Seconds of scored segments. */
  public abstract double getSpeechSeconds();

  /** Media time at which the whole recording ends, in seconds. */
  public abstract double getRecordingSeconds();

  /** Whether the recording ends before its declared or natural end. */
  public abstract boolean getTruncated();

  /** The label with the largest mean probability; empty without segments. */
  public abstract String getEmotion();

  /** Duration-weighted mean probability of each label. */
  public abstract List<LabelScore> getScores();

  /** The gender with the largest mean probability; empty without segments. */
  public abstract String getGender();

  /** Duration-weighted mean probability of each gender. */
  public abstract List<LabelScore> getGenderScores();

  /**
   * What users should know about the recording, each as {@code code} or {@code code: detail}: see
   * {@link io.gemoclap.audio.DecodeNote}. The same for all channels of a recording.
   */
  public abstract List<String> getNotes();
}
