package io.gemoclap.kafka;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.failure.ErrorHandlers;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.Outcome;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Kafka topic whose records hold recordings, or their URIs. Unbounded.
 *
 * <p>A recording's id is {@code kafka:<topic>/<partition>/<offset>}. Its metadata are the record's
 * headers, and {@code kafka.key}, {@code kafka.topic}, {@code kafka.partition}, {@code
 * kafka.offset}; {@link PublishAnnotations} turns them back into key and headers. A record without
 * a readable value becomes one failure.
 *
 * <p>Offsets are part of the runner's checkpoints, so nothing is lost; and they are committed to
 * the consumer group when a checkpoint is complete, so a new job of the same group continues there.
 * A group without committed offsets starts at the earliest record, unless the connection's
 * properties say otherwise. A worker holds what its consumer has fetched: {@code fetch.max.bytes},
 * 50 MiB by default.
 */
@AutoValue
public abstract class ReadRecordings extends PTransform<PBegin, Outcome<Recording>> {
  static final String STAGE = "ReadRecordings";
  static final TupleTag<Recording> RECORDINGS = new TupleTag<>("recordings") {};
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  ReadRecordings() {}

  abstract KafkaConnection connection();

  abstract String topic();

  abstract RecordValue value();

  @Nullable
  abstract String eventTimeHeader();

  abstract Duration outOfOrderness();

  abstract String group();

  @Nullable
  abstract ErrorHandler<BadRecord, ?> errorHandler();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setConnection(KafkaConnection connection);

    abstract Builder setTopic(String topic);

    abstract Builder setValue(RecordValue value);

    abstract Builder setEventTimeHeader(@Nullable String eventTimeHeader);

    abstract Builder setOutOfOrderness(Duration outOfOrderness);

    abstract Builder setGroup(String group);

    abstract Builder setErrorHandler(@Nullable ErrorHandler<BadRecord, ?> errorHandler);

    abstract ReadRecordings build();
  }

  /** Reads audio from the topic, with the records' own timestamps, as group {@code gemoclap}. */
  public static ReadRecordings from(KafkaConnection connection, String topic) {
    return new AutoValue_ReadRecordings.Builder()
        .setConnection(connection)
        .setTopic(topic)
        .setValue(RecordValue.AUDIO)
        .setOutOfOrderness(Duration.standardSeconds(10))
        .setGroup("gemoclap")
        .build();
  }

  /** What the records' values are; default {@link RecordValue#AUDIO}. */
  public ReadRecordings withValue(RecordValue value) {
    return toBuilder().setValue(value).build();
  }

  /**
   * Header that holds the event time, in milliseconds since 1970 or ISO 8601 with an offset; a
   * record without it, or with another text there, keeps its own timestamp. Default: none.
   */
  public ReadRecordings withEventTimeHeader(String header) {
    return toBuilder().setEventTimeHeader(header).build();
  }

  /** How far the watermark is before the newest event time, 0 or more; default 10 s. */
  public ReadRecordings withOutOfOrderness(Duration outOfOrderness) {
    checkArgument(
        !outOfOrderness.isShorterThan(Duration.ZERO),
        "outOfOrderness is %s, but must not be negative",
        outOfOrderness);
    return toBuilder().setOutOfOrderness(outOfOrderness).build();
  }

  /** Consumer group that offsets are committed to; default {@code gemoclap}. */
  public ReadRecordings withConsumerGroup(String group) {
    checkArgument(!group.isBlank(), "consumerGroup is blank, but must be a name");
    return toBuilder().setGroup(group).build();
  }

  /**
   * Gives each failure to Beam's error handler too, as {@link io.gemoclap.failure.ToBadRecords}
   * converts it. It stays in {@link Outcome#failures}. Default: none.
   */
  public ReadRecordings withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return toBuilder().setErrorHandler(handler).build();
  }

  @Override
  public Outcome<Recording> expand(PBegin begin) {
    String header = eventTimeHeader();
    Duration delay = outOfOrderness();
    KafkaIO.Read<byte[], byte[]> read =
        KafkaIO.<byte[], byte[]>read()
            .withBootstrapServers(connection().bootstrapServers())
            .withTopic(topic())
            .withKeyDeserializerAndCoder(
                ByteArrayDeserializer.class, NullableCoder.of(ByteArrayCoder.of()))
            .withValueDeserializerAndCoder(
                ByteArrayDeserializer.class, NullableCoder.of(ByteArrayCoder.of()))
            .withConsumerFactoryFn(connection().consumers())
            .withConsumerConfigUpdates(
                Map.of(
                    "group.id",
                    group(),
                    "auto.offset.reset",
                    "earliest",
                    "enable.auto.commit",
                    false))
            .withTimestampPolicyFactory(
                (partition, previous) -> new EventTimePolicy(header, delay, previous))
            .commitOffsetsInFinalize();
    Outcome<Recording> recordings =
        Outcome.of(
            begin
                .apply("Read", read)
                .apply(
                    "ToRecordings",
                    ParDo.of(new ToRecordingFn(value()))
                        .withOutputTags(RECORDINGS, TupleTagList.of(FAILURES))),
            RECORDINGS,
            FAILURES);
    ErrorHandlers.handle(errorHandler(), recordings.failures());
    recordings.results().setCoder(RecordingCoder.of());
    return recordings;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("topic", topic()).withLabel("Topic"));
    builder.add(DisplayData.item("value", value().name()).withLabel("Content of a record's value"));
    builder.add(DisplayData.item("consumerGroup", group()).withLabel("Consumer group"));
    builder.addIfNotNull(DisplayData.item("eventTimeHeader", eventTimeHeader()));
    builder.add(DisplayData.item("outOfOrderness", outOfOrderness()));
  }
}
