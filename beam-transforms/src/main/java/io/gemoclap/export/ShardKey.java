package io.gemoclap.export;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;

/** One shard of a split. Immutable. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
abstract class ShardKey {
  @SchemaCreate
  static ShardKey of(String split, int number, int count) {
    return new AutoValue_ShardKey(split, number, count);
  }

  @SchemaFieldNumber("0")
  abstract String getSplit();

  /** From 0. */
  @SchemaFieldNumber("1")
  abstract int getNumber();

  /** Shards of the split. */
  @SchemaFieldNumber("2")
  abstract int getCount();
}
