package io.gemoclap.score;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;

/**
 * How one channel of a recording sounds on the whole, in the labels of one set as one model scores
 * them. Has a Beam schema. Immutable.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class RecordingSummary {
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

  /** A builder with every field unset. */
  public static Builder builder() {
    return new AutoValue_RecordingSummary.Builder();
  }

  /** Builds a {@link RecordingSummary}; every field must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Sets what {@link RecordingSummary#getRecording} returns. */
    public abstract Builder setRecording(String recording);

    /** Sets what {@link RecordingSummary#getChannel} returns. */
    public abstract Builder setChannel(int channel);

    /** Sets what {@link RecordingSummary#getSegments} returns. */
    public abstract Builder setSegments(int segments);

    /** Sets what {@link RecordingSummary#getSpeechSeconds} returns. */
    public abstract Builder setSpeechSeconds(double speechSeconds);

    /** Sets what {@link RecordingSummary#getRecordingSeconds} returns. */
    public abstract Builder setRecordingSeconds(double recordingSeconds);

    /** Sets what {@link RecordingSummary#getTruncated} returns. */
    public abstract Builder setTruncated(boolean truncated);

    /** Sets what {@link RecordingSummary#getEmotion} returns. */
    public abstract Builder setEmotion(String emotion);

    /** Sets what {@link RecordingSummary#getScores} returns. */
    public abstract Builder setScores(List<LabelScore> scores);

    /** Sets what {@link RecordingSummary#getGender} returns. */
    public abstract Builder setGender(String gender);

    /** Sets what {@link RecordingSummary#getGenderScores} returns. */
    public abstract Builder setGenderScores(List<LabelScore> genderScores);

    /** Sets what {@link RecordingSummary#getLabelSet} returns. */
    public abstract Builder setLabelSet(String labelSet);

    /** Sets what {@link RecordingSummary#getModelId} returns. */
    public abstract Builder setModelId(String modelId);

    /** Sets what {@link RecordingSummary#getNotes} returns. */
    public abstract Builder setNotes(List<String> notes);

    /** Builds the value. */
    public abstract RecordingSummary build();
  }
}
