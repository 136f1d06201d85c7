package io.gemoclap.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A broker, and what tests of jobs without end ask of its topics. */
final class KafkaJobs implements AutoCloseable {
  private final KafkaBroker broker;
  private final Topics topics;

  private KafkaJobs(KafkaBroker broker) {
    this.broker = broker;
    this.topics = new Topics(broker.bootstrapServers());
  }

  /** Starts a broker with its data in a folder. */
  static KafkaJobs start(Path folder) throws IOException {
    return new KafkaJobs(KafkaBroker.start(folder));
  }

  KafkaBroker broker() {
    return broker;
  }

  Topics topics() {
    return topics;
  }

  static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, keyBytes, value);
  }

  /** Makes the topics of a job and gives the options that all jobs here have. */
  String[] options(String name, String... options) throws IOException {
    broker.createTopic(name, 2);
    broker.createTopic(name + "-out", 2);
    broker.createTopic(name + "-out-failures", 1);
    return Stream.concat(
            Stream.of(
                "--input=kafka:" + name,
                "--output=kafka:" + name + "-out",
                "--bootstrap-servers=" + broker.bootstrapServers(),
                "--consumer-group=" + name,
                "--out-of-orderness=1",
                "--segment=whole"),
            Stream.of(options))
        .toArray(String[]::new);
  }

  /** Results and failures so far. */
  int results(String name) {
    return topics.read(name + "-out").size() + topics.read(name + "-out-failures").size();
  }

  /** The newest result. */
  JsonNode last(String topic) throws IOException {
    return topics.readJson(topic).stream()
        .reduce((a, b) -> b)
        .orElseThrow(() -> new IllegalStateException("Nothing in " + topic));
  }

  /** The key of the record that a result came from. */
  static String key(JsonNode row) {
    return row.at("/metadata/kafka.key").asText();
  }

  /** The labels that a result has scores of. */
  static Set<String> labels(JsonNode row) {
    Set<String> labels = new HashSet<>();
    row.get("scores").fieldNames().forEachRemaining(labels::add);
    return labels;
  }

  @Override
  public void close() {
    topics.close();
    broker.close();
  }
}
