package io.gemoclap.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.flink.GemoclapProcess;
import io.gemoclap.flink.Polling;
import io.gemoclap.kafka.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code gemoclap annotate} between two topics of its own, in its own JVM with Flink inside, with
 * what sends to it and what watches it.
 */
final class LoadJob implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final int PARTITIONS = 2;

  /** Its heap is touched from the start, so that resident memory grows by native memory alone. */
  private static final List<String> JVM =
      List.of("-Xms768m", "-Xmx768m", "-XX:+AlwaysPreTouch", "-Dai.djl.offline=true");

  /** A minute long; all others are utterances of two to four seconds. */
  private static final Set<String> NOT_SENT = Set.of("conversation.ogg");

  private final String name;
  private final Admin admin;
  private final GemoclapProcess process;
  final PacedSender sender;
  final Arrivals arrivals;
  final MemorySamples memory;

  private LoadJob(String name, KafkaBroker broker, Path folder, List<String> beamOptions)
      throws IOException {
    this.name = name;
    Map<String, String> stamped = Map.of("message.timestamp.type", "LogAppendTime");
    List<String> outputs = List.of(name + "-out", name + "-out-failures");
    broker.createTopic(name, PARTITIONS);
    for (String topic : outputs) {
      broker.createTopic(topic, PARTITIONS, stamped);
    }
    String servers = broker.bootstrapServers();
    admin = Admin.create(Map.of("bootstrap.servers", servers));
    sender = new PacedSender(servers, name, samples());
    arrivals = new Arrivals(servers, outputs);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("annotate", "--input=kafka:" + name, "--output=kafka:" + name + "-out"));
    arguments.addAll(List.of("--bootstrap-servers=" + servers, "--consumer-group=" + name));
    arguments.addAll(List.of("--segment=whole", "--"));
    arguments.addAll(beamOptions);
    List<String> jvm = new ArrayList<>(JVM);
    jvm.add("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
    process = GemoclapProcess.start(folder, jvm, arguments);
    memory = new MemorySamples(process.handle());
  }

  /** Starts a job; its name becomes that of its topics. */
  static LoadJob start(String name, KafkaBroker broker, Path folder, List<String> beamOptions)
      throws IOException {
    return new LoadJob(name, broker, folder, beamOptions);
  }

  /** Options that spaces separate. */
  static List<String> options(String options) {
    return Stream.of(options.split(" ", -1)).filter(option -> !option.isEmpty()).toList();
  }

  private static List<byte[]> samples() throws IOException {
    List<byte[]> samples = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("examples", "samples"))) {
      for (Path file : files.sorted().toList()) {
        if (!NOT_SENT.contains(file.getFileName().toString())) {
          samples.add(Files.readAllBytes(file));
        }
      }
    }
    return samples;
  }

  /** Waits until everything that was sent has come out. */
  void drain() throws Exception {
    Polling.until(
        "all of " + sender.sent() + " results",
        LIMIT,
        () -> {
          assertTrue(process.handle().isAlive(), () -> "The job ended: " + process.printed());
          return arrivals.count() >= sender.sent();
        },
        () -> arrivals.count() + " have come; the job printed: " + process.printed());
  }

  /**
   * Records in a second, from a backlog: over the middle 80 % of the results, so that neither start
   * nor end counts.
   */
  double capacity(int backlog) throws Exception {
    int before = arrivals.count();
    sender.burst(backlog);
    drain();
    List<Long> times = arrivals.since(before).stream().map(a -> a.appended()).sorted().toList();
    int first = times.size() / 10;
    int last = times.size() - 1 - first;
    return (last - first) * 1000.0 / Math.max(1, times.get(last) - times.get(first));
  }

  /** Records that the broker holds and that the job has not committed as done. */
  long uncommitted() throws IOException, InterruptedException {
    try {
      var committed = admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get();
      long lag = 0;
      for (int i = 0; i < PARTITIONS; i++) {
        TopicPartition partition = new TopicPartition(name, i);
        long end =
            admin
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
        lag += end - (committed.get(partition) == null ? 0 : committed.get(partition).offset());
      }
      return lag;
    } catch (ExecutionException e) {
      throw new IOException("The lag of " + name + " cannot be told", e);
    }
  }

  /** Processor time that the job's process has taken so far. */
  Duration processorTime() {
    return process.handle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Every record has given exactly one result, no failure, and the job is still running. */
  void assertComplete() {
    List<Arrivals.Arrival> all = arrivals.since(0);
    Set<String> failed =
        all.stream()
            .filter(arrival -> arrival.topic().endsWith("-failures"))
            .map(Arrivals.Arrival::id)
            .collect(Collectors.toSet());
    assertEquals(Set.of(), failed);
    assertEquals(sender.sent(), all.size());
    assertEquals(sender.sent(), all.stream().map(Arrivals.Arrival::id).distinct().count());
    assertTrue(process.handle().isAlive(), () -> "The job ended: " + process.printed());
  }

  @Override
  public void close() throws InterruptedException {
    sender.close();
    process.close();
    memory.close();
    arrivals.close();
    admin.close(Duration.ZERO);
  }
}
