package io.gemoclap.score;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.model.Familiarity;
import io.gemoclap.row.AutoValueRows;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a segment sounds: the row of the annotation output. Has a Beam schema. Immutable. */
@AutoValue
@DefaultSchema(AutoValueRows.class)
public abstract class EmotionScores {

  /** Id of the recording. */
  @SchemaFieldNumber("0")
  public abstract String getRecording();

  /** Id of the segment, stable over runs. */
  @SchemaFieldNumber("1")
  public abstract String getSegmentId();

  /** Channel, 0 for the mixed signal. */
  @SchemaFieldNumber("2")
  public abstract int getChannel();

  /** Start in the recording, in seconds. */
  @SchemaFieldNumber("3")
  public abstract double getStartSeconds();

  /** End in the recording, in seconds. */
  @SchemaFieldNumber("4")
  public abstract double getEndSeconds();

  /** The most probable label, whether abstained or not. */
  @SchemaFieldNumber("5")
  public abstract String getEmotion();

  /** Its probability. */
  @SchemaFieldNumber("6")
  public abstract double getConfidence();

  /** Whether the confidence lies below the threshold: the one that was set, or the bundle's. */
  @SchemaFieldNumber("7")
  public abstract boolean getAbstained();

  /** Probabilities in label order; only the k most probable where top-k was set. */
  @SchemaFieldNumber("8")
  public abstract List<LabelScore> getScores();

  /** The most probable gender of the voice; empty when the model has no gender prompts. */
  @SchemaFieldNumber("9")
  public abstract String getGender();

  /** Probabilities of the genders. */
  @SchemaFieldNumber("10")
  public abstract List<LabelScore> getGenderScores();

  /** Id of the model bundle. */
  @SchemaFieldNumber("11")
  public abstract String getModelId();

  /** Id of labels and prompt templates. */
  @SchemaFieldNumber("12")
  public abstract String getLabelSet();

  /** Passed through from the recording. */
  @SchemaFieldNumber("13")
  public abstract Map<String, String> getMetadata();

  /**
   * When the segment was spoken, as its recording's timestamp says; null for recordings without a
   * timestamp, such as those of a folder. In rows the field {@code eventTime}.
   */
  @SchemaFieldNumber("14")
  public abstract @Nullable Instant getEventTime();

  /** Probability that the segment is speech, [0, 1]; -1 where nobody has estimated it. */
  @SchemaFieldNumber("15")
  public abstract double getSpeechProbability();

  /**
   * How far the segment's features lie from those that the model was trained on: about 1 for
   * familiar speech, at most 1000; -1 where the model has not measured it.
   */
  @SchemaFieldNumber("16")
  public abstract double getOutOfDomain();

  /**
   * The probability of a label, [0, 1].
   *
   * @param label as it is spelled in {@link #getScores}
   * @throws IllegalArgumentException naming the labels that have a probability, if this has none
   */
  public double probability(String label) {
    for (LabelScore score : getScores()) {
      if (score.getLabel().equals(label)) {
        return score.getProbability();
      }
    }
    List<String> labels = getScores().stream().map(LabelScore::getLabel).toList();
    throw new IllegalArgumentException(
        ("Label '%s' has no probability here, but %s have: use one of these, set the labels with"
                + " ScoreEmotions.withLabels, or keep more of them with withTopK")
            .formatted(label, labels));
  }

  /** A builder with the fields of this one. */
  public abstract Builder toBuilder();

  /** A builder with every field unset; the last two numbers are unknown then. */
  public static Builder builder() {
    return new AutoValue_EmotionScores.Builder()
        .setSpeechProbability(SegmentRef.UNKNOWN)
        .setOutOfDomain(Familiarity.UNKNOWN);
  }

  /** Builds {@link EmotionScores}. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** Sets the recording's id. */
    public abstract Builder setRecording(String recording);

    /** Sets the segment's id. */
    public abstract Builder setSegmentId(String segmentId);

    /** Sets the channel. */
    public abstract Builder setChannel(int channel);

    /** Sets the start in seconds. */
    public abstract Builder setStartSeconds(double startSeconds);

    /** Sets the end in seconds. */
    public abstract Builder setEndSeconds(double endSeconds);

    /** Sets the top label. */
    public abstract Builder setEmotion(String emotion);

    /** Sets the top label's probability. */
    public abstract Builder setConfidence(double confidence);

    /** Sets whether the confidence is below the threshold. */
    public abstract Builder setAbstained(boolean abstained);

    /** Sets the probabilities in label order. */
    public abstract Builder setScores(List<LabelScore> scores);

    /** Sets the top gender, or an empty string. */
    public abstract Builder setGender(String gender);

    /** Sets the probabilities of the genders. */
    public abstract Builder setGenderScores(List<LabelScore> genderScores);

    /** Sets the bundle's id. */
    public abstract Builder setModelId(String modelId);

    /** Sets the id of labels and templates. */
    public abstract Builder setLabelSet(String labelSet);

    /** Sets the recording's metadata. */
    public abstract Builder setMetadata(Map<String, String> metadata);

    /** Sets the event time; default null. */
    public abstract Builder setEventTime(@Nullable Instant eventTime);

    /** Sets the speech probability; default -1, unknown. */
    public abstract Builder setSpeechProbability(double speechProbability);

    /** Sets the distance from the training data; default -1, unknown. */
    public abstract Builder setOutOfDomain(double outOfDomain);

    /** Builds the value. */
    public abstract EmotionScores build();
  }
}
