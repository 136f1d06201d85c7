package io.gemoclap.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Makes Kafka's clients. {@link KafkaConnection} does not name their classes, so that it can be
 * loaded without them and say what is missing.
 */
final class KafkaClients {
  private KafkaClients() {}

  static Consumer<byte[], byte[]> consumer(Map<String, Object> configuration) {
    return new KafkaConsumer<>(configuration);
  }

  static Producer<byte[], byte[]> producer(Map<String, Object> configuration) {
    return new KafkaProducer<>(configuration);
  }
}
