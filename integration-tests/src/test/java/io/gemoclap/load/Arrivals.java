package io.gemoclap.load;

import io.gemoclap.kafka.PublishAnnotations;
import io.gemoclap.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Results and failures as the broker appends them, read by its own thread. Their topics must stamp
 * records with the time of appending. Thread-safe.
 */
final class Arrivals implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final List<Arrival> arrivals = new ArrayList<>();
  private volatile boolean closed;

  /**
   * One result or failure.
   *
   * @param topic where it arrived
   * @param id its {@code gemoclap.id}
   * @param due when its recording was due to be sent
   * @param appended when the broker appended it
   */
  record Arrival(String topic, String id, long due, long appended) {
    long latencyMillis() {
      return appended - due;
    }
  }

  Arrivals(String bootstrapServers, List<String> topics) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread = new Thread(this::read, "arrivals");
    thread.start();
  }

  private void read() {
    while (!closed) {
      var records = consumer.poll(Duration.ofMillis(500));
      synchronized (arrivals) {
        records.forEach(record -> arrivals.add(arrival(record)));
      }
    }
    consumer.close(Duration.ZERO);
  }

  private static Arrival arrival(ConsumerRecord<byte[], byte[]> record) {
    return new Arrival(
        record.topic(),
        Topics.header(record, PublishAnnotations.ID),
        Long.parseLong(Topics.header(record, PacedSender.DUE)),
        record.timestamp());
  }

  int count() {
    synchronized (arrivals) {
      return arrivals.size();
    }
  }

  /** All from the given place on, in the order of arrival. */
  List<Arrival> since(int first) {
    synchronized (arrivals) {
      return List.copyOf(arrivals.subList(first, arrivals.size()));
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
