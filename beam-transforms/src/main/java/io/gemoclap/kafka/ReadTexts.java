package io.gemoclap.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.joda.time.Duration;

/**
 * Reads a small topic of texts from its beginning, as label sets for a running job. Unbounded; the
 * position is part of the runner's checkpoints. Records without a value are left out. The watermark
 * follows the clock while nothing comes, so that even an empty topic holds back no window.
 */
public final class ReadTexts extends PTransform<PBegin, PCollection<String>> {
  private final KafkaConnection connection;
  private final String topic;

  private ReadTexts(KafkaConnection connection, String topic) {
    this.connection = connection;
    this.topic = topic;
  }

  /** Reads the topic's values as UTF-8. */
  public static ReadTexts from(KafkaConnection connection, String topic) {
    return new ReadTexts(connection, topic);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply(
            "Read",
            KafkaIO.<byte[], byte[]>read()
                .withBootstrapServers(connection.bootstrapServers())
                .withTopic(topic)
                .withKeyDeserializerAndCoder(
                    ByteArrayDeserializer.class, NullableCoder.of(ByteArrayCoder.of()))
                .withValueDeserializerAndCoder(
                    ByteArrayDeserializer.class, NullableCoder.of(ByteArrayCoder.of()))
                .withConsumerFactoryFn(connection.consumersFromTheBeginning())
                .withConsumerConfigUpdates(Map.of("enable.auto.commit", false))
                .withTimestampPolicyFactory(
                    (partition, previous) -> new EventTimePolicy(null, Duration.ZERO, previous)))
        .apply(
            "Values",
            FlatMapElements.into(TypeDescriptors.strings())
                .via(
                    (KafkaRecord<byte[], byte[]> record) ->
                        Stream.ofNullable(record.getKV().getValue())
                            .map(value -> new String(value, StandardCharsets.UTF_8))
                            .toList()));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("topic", topic).withLabel("Topic"));
  }
}
