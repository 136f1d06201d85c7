package io.gemoclap.kafka;

import io.gemoclap.failure.Failure;
import io.gemoclap.score.EmotionScores;
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
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.joda.time.Instant;

/**
 * Publishes annotations and failures as JSON, with the columns of the files. A result has the key
 * and headers of the record that its recording came from, a header {@value #ID} with the segment's
 * id (or the failed item's), and the event time as its timestamp. Shares, where the input has them,
 * go to {@code <topic>-shares} with their key as the record's; a correction has another id.
 *
 * <p>At least once: every result is acknowledged by all in-sync replicas before its bundle, and
 * with it a checkpoint, is complete. A job that restarts from a checkpoint publishes what came
 * after it again, with the same ids; a consumer that keeps the ids it has seen has each result
 * once. Element-wise, for bounded and unbounded input in any windows; nothing is kept in state.
 */
public final class PublishAnnotations extends PTransform<PCollectionTuple, PDone> {
  /** Name of the header that identifies a result, equal in every repetition. */
  public static final String ID = "gemoclap.id";

  private final KafkaConnection connection;
  private final String topic;
  private final String failureTopic;

  private PublishAnnotations(KafkaConnection connection, String topic, String failureTopic) {
    this.connection = connection;
    this.topic = topic;
    this.failureTopic = failureTopic;
  }

  /** Publishes annotations to a topic and failures to {@code <topic>-failures}. */
  public static PublishAnnotations to(KafkaConnection connection, String topic) {
    return new PublishAnnotations(connection, topic, topic + "-failures");
  }

  /** Topic of the failures; default {@code <topic>-failures}. */
  public PublishAnnotations withFailureTopic(String failureTopic) {
    return new PublishAnnotations(connection, topic, failureTopic);
  }

  @Override
  public PDone expand(PCollectionTuple results) {
    publish(
        "Annotations",
        results
            .get(WriteAnnotations.SCORES)
            .apply("ToAnnotationRecords", ParDo.of(new AnnotationFn(topic))));
    publish(
        "Failures",
        results
            .get(WriteAnnotations.FAILURES)
            .apply("ToFailureRecords", ParDo.of(new FailureFn(failureTopic))));
    if (results.has(WriteAnnotations.SHARES)) {
      publish(
          "Shares",
          results
              .get(WriteAnnotations.SHARES)
              .apply("ToShareRecords", ParDo.of(new ShareFn(topic + "-shares"))));
    }
    return PDone.in(results.getPipeline());
  }

  private void publish(String name, PCollection<ProducerRecord<byte[], byte[]>> records) {
    records
        .setCoder(
            ProducerRecordCoder.of(NullableCoder.of(ByteArrayCoder.of()), ByteArrayCoder.of()))
        .apply(
            "Publish" + name,
            KafkaIO.<byte[], byte[]>writeRecords()
                .withBootstrapServers(connection.bootstrapServers())
                .withTopic(topic)
                .withKeySerializer(ByteArraySerializer.class)
                .withValueSerializer(ByteArraySerializer.class)
                .withProducerConfigUpdates(Map.of("acks", "all", "retries", Integer.MAX_VALUE))
                .withProducerFactoryFn(connection.producers()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("topic", topic).withLabel("Topic"));
    builder.add(DisplayData.item("failureTopic", failureTopic).withLabel("Topic of failures"));
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, Instant time, String id, String json, Map<String, String> metadata) {
    Headers headers = KafkaMetadata.headers(metadata);
    headers.remove(ID).add(ID, id.getBytes(StandardCharsets.UTF_8));
    // Kafka knows no time before 1970.
    return new ProducerRecord<>(
        topic,
        null,
        Math.max(0, time.getMillis()),
        KafkaMetadata.key(metadata),
        json.getBytes(StandardCharsets.UTF_8),
        headers);
  }

  private static final class AnnotationFn
      extends DoFn<EmotionScores, ProducerRecord<byte[], byte[]>> {
    private final String topic;

    AnnotationFn(String topic) {
      this.topic = topic;
    }

    @ProcessElement
    public void process(
        @Element EmotionScores scores,
        @Timestamp Instant time,
        OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
      out.output(
          record(
              topic, time, scores.getSegmentId(), AnnotationJson.of(scores), scores.getMetadata()));
    }
  }

  private static final class ShareFn extends DoFn<EmotionShare, ProducerRecord<byte[], byte[]>> {
    private final String topic;

    ShareFn(String topic) {
      this.topic = topic;
    }

    @ProcessElement
    public void process(
        @Element EmotionShare share,
        @Timestamp Instant time,
        OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
      String id =
          String.join(
              "/",
              share.getKey(),
              share.getStart().toString(),
              share.getEnd().toString(),
              share.getLabelSet(),
              Long.toString(share.getSegments()));
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic,
              null,
              Math.max(0, time.getMillis()),
              share.getKey().getBytes(StandardCharsets.UTF_8),
              AnnotationJson.of(share).getBytes(StandardCharsets.UTF_8));
      record.headers().add(ID, id.getBytes(StandardCharsets.UTF_8));
      out.output(record);
    }
  }

  private static final class FailureFn extends DoFn<Failure, ProducerRecord<byte[], byte[]>> {
    private final String topic;

    FailureFn(String topic) {
      this.topic = topic;
    }

    @ProcessElement
    public void process(
        @Element Failure failure,
        @Timestamp Instant time,
        OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
      out.output(
          record(
              topic, time, failure.getItem(), AnnotationJson.of(failure), failure.getMetadata()));
    }
  }
}
