package io.gemoclap.score;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;
import org.joda.time.Instant;

/** How the speech of one key sounded during one window. Has a Beam schema. Immutable. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class EmotionShare {
  /** For Beam's schema. */
  @SchemaCreate
  public static EmotionShare create(
      String key,
      Instant start,
      Instant end,
      String labelSet,
      long segments,
      double speechSeconds,
      List<LabelScore> shares) {
    return new AutoValue_EmotionShare(key, start, end, labelSet, segments, speechSeconds, shares);
  }

  /** What was grouped by, for example a caller. */
  @SchemaFieldNumber("0")
  public abstract String getKey();

  /** First instant of the window. */
  @SchemaFieldNumber("1")
  public abstract Instant getStart();

  /** First instant after the window. */
  @SchemaFieldNumber("2")
  public abstract Instant getEnd();

  /** Id of labels and templates: shares of different sets are never mixed. */
  @SchemaFieldNumber("3")
  public abstract String getLabelSet();

  /** Number of segments. */
  @SchemaFieldNumber("4")
  public abstract long getSegments();

  /** Their length together. */
  @SchemaFieldNumber("5")
  public abstract double getSpeechSeconds();

  /** The segments' mean probabilities, weighted by duration; they sum to 1 unless cut to top k. */
  @SchemaFieldNumber("6")
  public abstract List<LabelScore> getShares();
}
