package io.gemoclap.kafka;

import com.google.auto.value.AutoValue;
import io.gemoclap.score.EmotionShare;
import io.gemoclap.write.AnnotationJson;
import io.gemoclap.write.WriteAnnotations;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Publishes annotations and failures as JSON, with the columns of the files. A result has the key
 * and headers of the record that its recording came from, a header {@value #ID} with the segment's
 * id (or the failed item's), and the event time as its timestamp, but none in the future. Shares,
 * where the input has them, go to {@code <topic>-shares} with their key as the record's; a
 * correction has another id.
 *
 * <p>At least once: every result is acknowledged by all in-sync replicas before its bundle, and
 * with it a checkpoint, is complete. A job that restarts from a checkpoint publishes what came
 * after it again, with the same ids; a consumer that keeps the ids it has seen has each result
 * once. Element-wise, for bounded and unbounded input in any windows; nothing is kept in state.
 */
@AutoValue
public abstract class PublishAnnotations extends PTransform<PCollectionTuple, PDone> {
  /** Name of the header that identifies a result, equal in every repetition. */
  public static final String ID = "gemoclap.id";

  PublishAnnotations() {}

  abstract KafkaConnection connection();

  abstract String topic();

  abstract String failureTopic();

  @Nullable
  abstract String recordingTopic();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setConnection(KafkaConnection connection);

    abstract Builder setTopic(String topic);

    abstract Builder setFailureTopic(String failureTopic);

    abstract Builder setRecordingTopic(@Nullable String recordingTopic);

    abstract PublishAnnotations build();
  }

  /** Publishes annotations to a topic and failures to {@code <topic>-failures}. */
  public static PublishAnnotations to(KafkaConnection connection, String topic) {
    return new AutoValue_PublishAnnotations.Builder()
        .setConnection(connection)
        .setTopic(topic)
        .setFailureTopic(topic + "-failures")
        .build();
  }

  /** Topic of the failures; default {@code <topic>-failures}. */
  public PublishAnnotations withFailureTopic(String failureTopic) {
    return toBuilder().setFailureTopic(failureTopic).build();
  }

  /**
   * Topic for one record per decoded recording ({@link WriteAnnotations#DECODED}), so that one
   * without speech leaves a trace as well. Default: none.
   */
  public PublishAnnotations withRecordingTopic(String recordingTopic) {
    return toBuilder().setRecordingTopic(recordingTopic).build();
  }

  /** What a record says; its key and headers are those in the metadata. */
  private record Message(String id, String json, Map<String, String> metadata) {}

  @Override
  public PDone expand(PCollectionTuple results) {
    publish(
        "Annotations",
        results.get(WriteAnnotations.SCORES),
        topic(),
        s -> new Message(s.getSegmentId(), AnnotationJson.of(s), s.getMetadata()));
    publish(
        "Failures",
        results.get(WriteAnnotations.FAILURES),
        failureTopic(),
        f -> new Message(f.getItem(), AnnotationJson.of(f), f.getMetadata()));
    String recordingTopic = recordingTopic();
    if (recordingTopic != null) {
      publish(
          "Recordings",
          results.get(WriteAnnotations.DECODED),
          recordingTopic,
          r -> new Message(r.getRecording(), AnnotationJson.of(r), r.getMetadata()));
    }
    if (results.has(WriteAnnotations.SHARES)) {
      publish(
          "Shares",
          results.get(WriteAnnotations.SHARES),
          topic() + "-shares",
          PublishAnnotations::message);
    }
    return PDone.in(results.getPipeline());
  }

  private static Message message(EmotionShare share) {
    String id =
        String.join(
            "/",
            share.getKey(),
            share.getStart().toString(),
            share.getEnd().toString(),
            share.getLabelSet(),
            Long.toString(share.getSegments()));
    return new Message(id, AnnotationJson.of(share), Map.of(KafkaMetadata.KEY, share.getKey()));
  }

  private <T> void publish(
      String name, PCollection<T> results, String topic, SerializableFunction<T, Message> message) {
    results
        .apply("To" + name, ParDo.of(new RecordFn<>(topic, message)))
        .setCoder(
            ProducerRecordCoder.of(NullableCoder.of(ByteArrayCoder.of()), ByteArrayCoder.of()))
        .apply(
            "Publish" + name,
            KafkaIO.<byte[], byte[]>writeRecords()
                .withBootstrapServers(connection().bootstrapServers())
                .withTopic(topic)
                .withKeySerializer(ByteArraySerializer.class)
                .withValueSerializer(ByteArraySerializer.class)
                .withProducerConfigUpdates(Map.of("acks", "all", "retries", Integer.MAX_VALUE))
                .withProducerFactoryFn(connection().producers()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("topic", topic()).withLabel("Topic"));
    builder.add(DisplayData.item("failureTopic", failureTopic()).withLabel("Topic of failures"));
    builder.addIfNotNull(
        DisplayData.item("recordingTopic", recordingTopic()).withLabel("Topic of recordings"));
  }

  private static final class RecordFn<T> extends DoFn<T, ProducerRecord<byte[], byte[]>> {
    private final String topic;
    private final SerializableFunction<T, Message> message;

    RecordFn(String topic, SerializableFunction<T, Message> message) {
      this.topic = topic;
      this.message = message;
    }

    @ProcessElement
    public void process(
        @Element T result,
        @Timestamp Instant time,
        OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
      Message said = message.apply(result);
      Headers headers = KafkaMetadata.headers(said.metadata);
      headers.remove(ID).add(ID, said.id.getBytes(StandardCharsets.UTF_8));
      // Kafka has no timestamps before 1970, and rejects those far ahead of the clock.
      long timestamp = Math.max(0, Math.min(time.getMillis(), System.currentTimeMillis()));
      out.output(
          new ProducerRecord<>(
              topic,
              null,
              timestamp,
              KafkaMetadata.key(said.metadata),
              said.json.getBytes(StandardCharsets.UTF_8),
              headers));
    }
  }
}
