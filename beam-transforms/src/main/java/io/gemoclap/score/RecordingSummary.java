package io.gemoclap.score;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;

/**
 * How one channel of a recording sounds on the whole, in the labels of one set as one model scores
 * them. Has a Beam schema. Immutable.
 */
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
      String labelSet,
      String modelId,
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
        labelSet,
        modelId,
        notes);
  }

  /** Id of the recording. */
  @SchemaFieldNumber("0")
  public abstract String getRecording();

  /** Channel, 0 for the mixed signal. */
  @SchemaFieldNumber("1")
  public abstract int getChannel();

  /** Scored segments. */
  @SchemaFieldNumber("2")
  public abstract int getSegments();

  /** Seconds of scored segments. */
  @SchemaFieldNumber("3")
  public abstract double getSpeechSeconds();

  /** Media time at which the whole recording ends, in seconds. */
  @SchemaFieldNumber("4")
  public abstract double getRecordingSeconds();

  /** Whether the recording ends before its declared or natural end. */
  @SchemaFieldNumber("5")
  public abstract boolean getTruncated();

  /** The label with the largest mean probability; empty without segments. */
  @SchemaFieldNumber("6")
  public abstract String getEmotion();

  /** Duration-weighted mean probability of each label. */
  @SchemaFieldNumber("7")
  public abstract List<LabelScore> getScores();

  /** The gender with the largest mean probability; empty without segments. */
  @SchemaFieldNumber("8")
  public abstract String getGender();

  /** Duration-weighted mean probability of each gender. */
  @SchemaFieldNumber("9")
  public abstract List<LabelScore> getGenderScores();

  /** Id of labels and templates, of which the means are; empty without segments. */
  @SchemaFieldNumber("10")
  public abstract String getLabelSet();

  /** Id of the model bundle that scored the segments; empty without segments. */
  @SchemaFieldNumber("11")
  public abstract String getModelId();

  /**
   * What users should know about the recording, each as {@code code} or {@code code: detail}: see
   * {@link io.gemoclap.audio.pcm.DecodeNote}. The same for all channels of a recording.
   */
  @SchemaFieldNumber("12")
  public abstract List<String> getNotes();
}
