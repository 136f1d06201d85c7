package io.gemoclap.turns;

import com.google.auto.value.AutoValue;
import io.gemoclap.row.AutoValueRows;
import io.gemoclap.score.LabelScore;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a recording in which one speaker sounds the same: some segments in a row. Has a Beam
 * schema. Immutable.
 */
@AutoValue
@DefaultSchema(AutoValueRows.class)
public abstract class EmotionTurn {

  /** Id of the recording. */
  @SchemaFieldNumber("0")
  public abstract String getRecording();

  /** Channel, 0 for the mixed signal. */
  @SchemaFieldNumber("1")
  public abstract int getChannel();

  /** The metadata {@code speaker} of the segments; empty if they have none. */
  @SchemaFieldNumber("2")
  public abstract String getSpeaker();

  /** Start of the first segment in the recording, in seconds. */
  @SchemaFieldNumber("3")
  public abstract double getStartSeconds();

  /** The last end of a segment, in seconds. */
  @SchemaFieldNumber("4")
  public abstract double getEndSeconds();

  /** The label of the turn, whether abstained or not. */
  @SchemaFieldNumber("5")
  public abstract String getEmotion();

  /** Mean probability of that label. */
  @SchemaFieldNumber("6")
  public abstract double getConfidence();

  /** Whether the label is uncertain, as {@link EmotionTurns#withAbstainBelow} says. */
  @SchemaFieldNumber("7")
  public abstract boolean getAbstained();

  /** Mean probability of each label over the segments, weighted by duration. */
  @SchemaFieldNumber("8")
  public abstract List<LabelScore> getScores();

  /** Ids of the segments, in the order of their starts; at least one. */
  @SchemaFieldNumber("9")
  public abstract List<String> getSegmentIds();

  /** Id of the model bundle. */
  @SchemaFieldNumber("10")
  public abstract String getModelId();

  /** Id of labels and prompt templates. */
  @SchemaFieldNumber("11")
  public abstract String getLabelSet();

  /** The metadata that all segments share. */
  @SchemaFieldNumber("12")
  public abstract Map<String, String> getMetadata();

  /** The earliest event time of a segment; null if none has one. */
  @SchemaFieldNumber("13")
  public abstract @Nullable Instant getEventTime();

  /** A builder with every field unset. */
  public static Builder builder() {
    return new AutoValue_EmotionTurn.Builder();
  }

  /** Builds an {@link EmotionTurn}; every field but the event time must be set. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Sets what {@link EmotionTurn#getRecording} returns. */
    public abstract Builder setRecording(String recording);

    /** Sets what {@link EmotionTurn#getChannel} returns. */
    public abstract Builder setChannel(int channel);

    /** Sets what {@link EmotionTurn#getSpeaker} returns. */
    public abstract Builder setSpeaker(String speaker);

    /** Sets what {@link EmotionTurn#getStartSeconds} returns. */
    public abstract Builder setStartSeconds(double startSeconds);

    /** Sets what {@link EmotionTurn#getEndSeconds} returns. */
    public abstract Builder setEndSeconds(double endSeconds);

    /** Sets what {@link EmotionTurn#getEmotion} returns. */
    public abstract Builder setEmotion(String emotion);

    /** Sets what {@link EmotionTurn#getConfidence} returns. */
    public abstract Builder setConfidence(double confidence);

    /** Sets what {@link EmotionTurn#getAbstained} returns. */
    public abstract Builder setAbstained(boolean abstained);

    /** Sets what {@link EmotionTurn#getScores} returns. */
    public abstract Builder setScores(List<LabelScore> scores);

    /** Sets what {@link EmotionTurn#getSegmentIds} returns. */
    public abstract Builder setSegmentIds(List<String> segmentIds);

    /** Sets what {@link EmotionTurn#getModelId} returns. */
    public abstract Builder setModelId(String modelId);

    /** Sets what {@link EmotionTurn#getLabelSet} returns. */
    public abstract Builder setLabelSet(String labelSet);

    /** Sets what {@link EmotionTurn#getMetadata} returns. */
    public abstract Builder setMetadata(Map<String, String> metadata);

    /** Sets what {@link EmotionTurn#getEventTime} returns. */
    public abstract Builder setEventTime(@Nullable Instant eventTime);

    /** Builds the value. */
    public abstract EmotionTurn build();
  }
}
