package io.gemoclap.failure;

import com.google.auto.value.AutoValue;
import io.gemoclap.row.AutoValueRows;
import java.util.Map;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;

/**
 * One item that could not be processed: where, why, and in words. Slim: never the audio itself.
 *
 * <p>Has a Beam schema, so it can go to Beam SQL, Beam YAML, Parquet or {@code ToJson}. {@link
 * ToBadRecords} converts it for Beam's error handlers. Immutable.
 */
@AutoValue
@DefaultSchema(AutoValueRows.class)
public abstract class Failure {

  /** A failure without a position in its recording. */
  public static Failure of(
      String stage, FailureKind kind, String item, String recording, String message) {
    return create(stage, kind.name(), item, recording, SecretMask.of(message), -1, Map.of());
  }

  /** A failure at {@code startSeconds} from the beginning of its recording. */
  public static Failure at(
      String stage,
      FailureKind kind,
      String item,
      String recording,
      double startSeconds,
      String message) {
    return create(
        stage, kind.name(), item, recording, SecretMask.of(message), startSeconds, Map.of());
  }

  /** For Beam's schema; use {@link #of} or {@link #at}. */
  @SchemaCreate
  public static Failure create(
      String stage,
      String kindName,
      String item,
      String recording,
      String message,
      double startSeconds,
      Map<String, String> metadata) {
    return new AutoValue_Failure(stage, kindName, item, recording, message, startSeconds, metadata);
  }

  /** The same with what the recording passes through. */
  public Failure withMetadata(Map<String, String> metadata) {
    return create(
        getStage(),
        getKindName(),
        getItem(),
        getRecording(),
        getMessage(),
        getStartSeconds(),
        Map.copyOf(metadata));
  }

  /** The transform that met it, for example {@code DecodeAudio}. */
  @SchemaFieldNumber("0")
  public abstract String getStage();

  /** Name of the {@link FailureKind}. */
  @SchemaFieldNumber("1")
  public abstract String getKindName();

  /** Id of the failed item: a recording or a segment. */
  @SchemaFieldNumber("2")
  public abstract String getItem();

  /** Id of the recording that the item belongs to. */
  @SchemaFieldNumber("3")
  public abstract String getRecording();

  /** One sentence for a person. */
  @SchemaFieldNumber("4")
  public abstract String getMessage();

  /** Where the item starts in its recording, in seconds; negative when unknown. */
  @SchemaFieldNumber("5")
  public abstract double getStartSeconds();

  /** Passed through from the recording. */
  @SchemaFieldNumber("6")
  public abstract Map<String, String> getMetadata();

  /** Whether a whole recording failed; if not, a segment or a given span of one. */
  public boolean concernsRecording() {
    return getItem().equals(getRecording());
  }

  /** What kind of failure it is. */
  public FailureKind kind() {
    return FailureKind.valueOf(getKindName());
  }
}
