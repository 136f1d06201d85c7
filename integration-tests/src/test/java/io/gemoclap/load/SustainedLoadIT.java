package io.gemoclap.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.Exhaustive;
import io.gemoclap.flink.Polling;
import io.gemoclap.kafka.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streaming annotation under load for the minutes that {@code gemoclap.load.minutes} names; skipped
 * without. First at a steady rate, then with more than the job can take for a minute. Latency
 * counts from the moment at which a recording was due to be sent to the moment at which the broker
 * appended its result.
 *
 * <p>{@code gemoclap.load.rate} sets the rate in recordings a second, instead of 60 % of a measured
 * capacity; {@code gemoclap.load.options} adds options of Beam, separated by spaces.
 */
@EnabledIfSystemProperty(named = "gemoclap.load.minutes", matches = "[0-9.]+")
@Exhaustive
final class SustainedLoadIT {
  private static final int BACKLOG = 600;
  private static final double SHARE = 0.6;
  private static final double OVERLOAD = 3;

  /** Generous: what grows without bound passes any factor. */
  private static final double MEMORY_FACTOR = 1.3;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final double minutes = Double.parseDouble(System.getProperty("gemoclap.load.minutes"));
  private final List<String> options =
      LoadJob.options(System.getProperty("gemoclap.load.options", ""));
  private final LoadFigures figures = new LoadFigures();

  @TempDir private Path folder;
  private KafkaBroker broker;

  @BeforeEach
  void startBroker() throws IOException {
    broker = KafkaBroker.start(folder);
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void everyRecordingGivesOneResultInLevelMemoryWhateverTheRate() throws Exception {
    try (LoadJob job = LoadJob.start("load", broker, folder, options)) {
      job.sender.burst(BACKLOG);
      job.drain();
      double capacity = job.capacity(BACKLOG);
      double rate =
          Double.parseDouble(System.getProperty("gemoclap.load.rate", "" + SHARE * capacity));
      figures.add(
          "Capacity %.0f recordings/s, steady rate %.0f/s, options %s", capacity, rate, options);
      figures.add("Live heap after warm-up: %.0f MiB", job.memory.liveHeap());

      figures.addSliceHeader();
      double firstMinute = steady(job, rate);
      figures.add("Live heap after the steady load: %.0f MiB", job.memory.liveHeap());
      overload(job, OVERLOAD * capacity);
      figures.add("Live heap after the overload: %.0f MiB", job.memory.liveHeap());
      figures.write("sustained.md");

      job.assertComplete();
      double last =
          LoadFigures.maximum(
              job.memory.between(System.currentTimeMillis() - 60_000, Long.MAX_VALUE),
              MemorySamples.Sample::resident);
      assertTrue(
          last <= MEMORY_FACTOR * firstMinute,
          "resident memory grew from %.0f to %.0f MiB".formatted(firstMinute, last));
    }
  }

  /** Steady load; gives the resident memory of its first minute. */
  private double steady(LoadJob job, double rate) throws Exception {
    long start = System.currentTimeMillis();
    job.sender.send(rate, Duration.ofMillis(Math.round(minutes * 60_000)));
    long end = System.currentTimeMillis();
    job.drain();
    for (long from = start; from < end; from += MINUTE.toMillis()) {
      String what = "minute " + (1 + (from - start) / MINUTE.toMillis());
      figures.addSlice(what, job, from, Math.min(end, from + MINUTE.toMillis()));
    }
    return LoadFigures.maximum(
        job.memory.between(start, start + MINUTE.toMillis()), MemorySamples.Sample::resident);
  }

  /** More than the job can take, and then nothing until all has come out. */
  private void overload(LoadJob job, double rate) throws Exception {
    long start = System.currentTimeMillis();
    long bytes = job.sender.bytes();
    int count = job.sender.sent();
    try (Backlog backlog = new Backlog(job)) {
      job.sender.send(rate, Duration.ofMillis(Math.round(Math.min(1, minutes) * 60_000)));
      long sent = System.currentTimeMillis();
      job.drain();
      long drained = System.currentTimeMillis();
      Polling.until("the last offset to be committed", MINUTE, () -> job.uncommitted() == 0);
      figures.addSlice("overload", job, start, sent);
      List<MemorySamples.Sample> draining = job.memory.between(sent, drained);
      figures.add(
          "Draining: resident at most %.0f MiB, heap at most %.0f MiB",
          LoadFigures.maximum(draining, MemorySamples.Sample::resident),
          LoadFigures.maximum(draining, MemorySamples.Sample::heap));
      figures.add(
          "Overload: %d recordings (%d MiB) in %d s, drained %d s later; at most %d without a"
              + " result, %d behind the committed offsets",
          job.sender.sent() - count,
          (job.sender.bytes() - bytes) >> 20,
          (sent - start) / 1000,
          (drained - sent) / 1000,
          backlog.waiting(),
          backlog.uncommitted());
    }
  }
}
