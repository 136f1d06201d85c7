package io.gemoclap.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends recordings at moments that a schedule fixes beforehand, whatever the broker and the job do.
 * Each record says in a header when it was due, so that a late sender counts as latency. One thread
 * sends; any may ask for the count.
 */
final class PacedSender implements AutoCloseable {
  /** Header with the moment at which a record was due, in milliseconds since 1970. */
  static final String DUE = "due-at";

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final List<byte[]> recordings;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicInteger sent = new AtomicInteger();
  private long bytes;

  PacedSender(String bootstrapServers, String topic, List<byte[]> recordings) {
    this.topic = topic;
    this.recordings = recordings;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 16 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends at a rate for a time. */
  void send(double perSecond, Duration duration) throws IOException, InterruptedException {
    long start = System.currentTimeMillis();
    long count = Math.round(perSecond * duration.toMillis() / 1000);
    for (long i = 0; i < count; i++) {
      long due = start + Math.round(1000 * i / perSecond);
      Thread.sleep(Math.max(0, due - System.currentTimeMillis()));
      send(due);
    }
    flush();
  }

  /** Sends so many at once. */
  void burst(int count) throws IOException {
    long due = System.currentTimeMillis();
    for (int i = 0; i < count; i++) {
      send(due);
    }
    flush();
  }

  private void send(long due) {
    byte[] recording = recordings.get(sent.getAndIncrement() % recordings.size());
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, recording);
    record.headers().add(DUE, Long.toString(due).getBytes(StandardCharsets.US_ASCII));
    var unused =
        producer.send(
            record,
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
    bytes += recording.length;
  }

  private void flush() throws IOException {
    producer.flush();
    if (failure.get() != null) {
      throw new IOException("Not written to " + topic, failure.get());
    }
  }

  /** Records sent so far. */
  int sent() {
    return sent.get();
  }

  /** Bytes of audio sent so far; for the sending thread. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
