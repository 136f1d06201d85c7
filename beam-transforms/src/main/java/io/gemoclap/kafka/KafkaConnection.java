package io.gemoclap.kafka;

import static com.google.common.base.Preconditions.checkArgument;

import io.gemoclap.failure.OptionalLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Brokers, and the client properties that reach them: TLS, SASL, timeouts, sizes. Immutable.
 *
 * <p>The properties travel to the workers inside the job, are given to Kafka's clients and to
 * nowhere else: they are neither in pipeline options, nor in display data, nor in {@link
 * #toString}. Files that they name, as a trust store, must exist on every worker.
 */
public final class KafkaConnection implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final List<String> SETTLED = List.of("group.id", "enable.auto.commit");

  private final String bootstrapServers;
  private final Map<String, String> properties;

  private KafkaConnection(String bootstrapServers, Map<String, String> properties) {
    this.bootstrapServers = bootstrapServers;
    this.properties = Map.copyOf(properties);
  }

  /**
   * Brokers as {@code host:port}, separated by commas.
   *
   * @throws IllegalStateException naming the artifacts to add, if Kafka is not on the class path
   */
  public static KafkaConnection to(String bootstrapServers) {
    OptionalLibrary.KAFKA.require();
    checkArgument(
        bootstrapServers.matches("[^:,\\s]+:\\d+(,[^:,\\s]+:\\d+)*"),
        "bootstrapServers is '%s', but must be host:port, several separated by commas",
        bootstrapServers);
    return new KafkaConnection(bootstrapServers, Map.of());
  }

  /**
   * With Kafka client properties, instead of any given before.
   *
   * @throws IllegalArgumentException if one is settled elsewhere: {@code group.id}, and {@code
   *     enable.auto.commit}, which would commit what no checkpoint holds
   */
  public KafkaConnection withProperties(Map<String, String> properties) {
    for (String settled : SETTLED) {
      checkArgument(
          !properties.containsKey(settled),
          "'%s' cannot be a client property: set the consumer group as an option; offsets are"
              + " committed with checkpoints",
          settled);
    }
    return new KafkaConnection(bootstrapServers, properties);
  }

  /**
   * With the properties in a Java properties file on any Beam file system.
   *
   * @throws UncheckedIOException naming the file, never its content, when it cannot be read
   * @throws IllegalArgumentException as {@link #withProperties} does
   */
  public KafkaConnection withPropertiesFrom(String uri) {
    Properties read = new Properties();
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(uri, false)))) {
      read.load(in);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(
          new IOException("'" + uri + "' is not a valid properties file"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return withProperties(
        read.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, read::getProperty)));
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** Makes consumers; the properties overrule what {@code KafkaIO} configures. */
  SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> consumers() {
    return configured -> KafkaClients.consumer(with(configured));
  }

  /** The same, of a topic that is read from its beginning whatever the properties say. */
  SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> consumersFromTheBeginning() {
    return configured -> {
      Map<String, Object> all = with(configured);
      all.put("auto.offset.reset", "earliest");
      return KafkaClients.consumer(all);
    };
  }

  /** Makes producers; the properties overrule what {@code KafkaIO} configures. */
  SerializableFunction<Map<String, Object>, Producer<byte[], byte[]>> producers() {
    return configured -> KafkaClients.producer(with(configured));
  }

  private Map<String, Object> with(Map<String, Object> configured) {
    Map<String, Object> all = new HashMap<>(configured);
    all.putAll(properties);
    return all;
  }

  /** The brokers alone. */
  @Override
  public String toString() {
    return bootstrapServers;
  }
}
