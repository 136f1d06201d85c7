package io.gemoclap.kafka;

import io.gemoclap.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka broker with its controller (KRaft) in its own JVM, on free ports of the loopback
 * interface. It can be stopped, killed and started again on the same ports and data.
 *
 * <p>Beside the plain listener, one takes only TLS with a user and a password. Not thread-safe.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final long START_SECONDS = 600;
  private static final int MAX_MESSAGE_BYTES = 16 << 20;

  private final Path folder;
  private final Path log;
  private final int port;
  private final int securePort;
  private Process process;

  private KafkaBroker(Path folder, int port, int securePort) {
    this.folder = folder;
    this.log = folder.resolve("broker.log");
    this.port = port;
    this.securePort = securePort;
  }

  /** Starts a broker with an empty data folder in {@code folder}, which the caller removes. */
  public static KafkaBroker start(Path folder) throws IOException {
    KafkaBroker broker = new KafkaBroker(folder, FreePort.next(), FreePort.next());
    List<String> lines = new ArrayList<>(broker.configuration(FreePort.next()));
    lines.addAll(BrokerSecurity.create(folder));
    Files.write(broker.configurationFile(), lines);
    broker.format();
    broker.start();
    return broker;
  }

  /** {@code host:port} of the plain listener. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** {@code host:port} of the listener for TLS and SASL; see {@link BrokerSecurity}. */
  public String secureBootstrapServers() {
    return "127.0.0.1:" + securePort;
  }

  /** Client properties that the secure listener asks for. */
  public Path secureClientProperties() {
    return folder.resolve(BrokerSecurity.CLIENT_PROPERTIES);
  }

  /** Makes a topic. */
  public void createTopic(String name, int partitions) throws IOException {
    createTopic(name, partitions, Map.of());
  }

  /** Makes a topic with its own settings, as {@code message.timestamp.type}. */
  public void createTopic(String name, int partitions, Map<String, String> settings)
      throws IOException {
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
          .all()
          .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Topic " + name + " cannot be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Asks the broker to end, and waits for it. */
  public void stop() {
    process.destroy();
    await(process);
  }

  /** Ends the broker as a power cut would end it. */
  public void kill() {
    process.destroyForcibly();
    await(process);
  }

  /** Starts the broker (again) and waits until it answers. */
  public void start() throws IOException {
    process = java("-Xmx384m", "kafka.Kafka");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IOException("The broker did not start:\n" + Files.readString(log));
      }
    }
  }

  @Override
  public void close() {
    kill();
  }

  private boolean answers() {
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  private void format() throws IOException {
    Process formatting =
        java(
            "-Xmx128m",
            "kafka.tools.StorageTool",
            "format",
            "-t",
            Uuid.randomUuid().toString(),
            "-c");
    await(formatting);
    if (formatting.exitValue() != 0) {
      throw new IOException("The data folder was not formatted:\n" + Files.readString(log));
    }
  }

  /** A JVM with the class path of this one; the configuration file is its last argument. */
  private Process java(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    Collections.addAll(command, arguments);
    command.add(configurationFile().toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private Path configurationFile() {
    return folder.resolve("server.properties");
  }

  private List<String> configuration(int controllerPort) {
    String plain = "PLAINTEXT://127.0.0.1:" + port;
    String secure = "SASL_SSL://127.0.0.1:" + securePort;
    return List.of(
        "process.roles=broker,controller",
        "node.id=1",
        "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
        "controller.listener.names=CONTROLLER",
        "listeners=" + plain + "," + secure + ",CONTROLLER://127.0.0.1:" + controllerPort,
        "advertised.listeners=" + plain + "," + secure,
        "listener.security.protocol.map="
            + "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name=PLAINTEXT",
        "log.dirs=" + folder.resolve("data"),
        // A broker deletes records by their timestamps, which tests set to long ago.
        "log.retention.ms=-1",
        "message.max.bytes=" + MAX_MESSAGE_BYTES,
        "auto.create.topics.enable=false",
        "offsets.topic.replication.factor=1",
        "offsets.topic.num.partitions=1",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        "transaction.state.log.num.partitions=1",
        "group.initial.rebalance.delay.ms=0",
        // A busy machine is slow, not dead.
        "initial.broker.registration.timeout.ms=300000",
        "broker.session.timeout.ms=60000",
        "controller.quorum.request.timeout.ms=30000",
        "controller.quorum.fetch.timeout.ms=60000",
        "controller.quorum.election.timeout.ms=10000");
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
