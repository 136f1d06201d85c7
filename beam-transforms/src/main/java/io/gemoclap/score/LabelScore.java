package io.gemoclap.score;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;

/** A label and its probability. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class LabelScore {
  /** A label with its probability, [0, 1]. */
  @SchemaCreate
  public static LabelScore of(String label, double probability) {
    return new AutoValue_LabelScore(label, probability);
  }

  /** The label. */
  @SchemaFieldNumber("0")
  public abstract String getLabel();

  /** Its probability. */
  @SchemaFieldNumber("1")
  public abstract double getProbability();
}
