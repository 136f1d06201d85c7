package io.gemoclap.load;

import io.gemoclap.Exhaustive;
import io.gemoclap.kafka.KafkaBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Latency and processor time of streaming annotation with other options of Beam than the defaults.
 * {@code gemoclap.load.compare} holds sets of options, separated by semicolons; skipped without.
 * Each set, and before them the defaults, has its own process for a minute at the same steady rate;
 * all of that as many times as {@code gemoclap.load.rounds} says, 2 by default. {@code
 * gemoclap.load.rate} is the rate in recordings a second, 10 by default.
 */
@EnabledIfSystemProperty(named = "gemoclap.load.compare", matches = ".+")
@Exhaustive
final class LoadOptionsIT {
  private static final int WARM_UP = 200;
  private static final Duration STEADY = Duration.ofMinutes(1);
  private static final int ROUNDS = Integer.getInteger("gemoclap.load.rounds", 2);
  private static final double RATE =
      Double.parseDouble(System.getProperty("gemoclap.load.rate", "10"));

  private final LoadFigures figures = new LoadFigures();

  @TempDir private Path folder;

  /** What one process came to. */
  private record Measured(double median, double tail, double processorMillis, double load) {}

  @Test
  void everyRecordingGivesOneResultWithAllOptions() throws Exception {
    List<String> sets = new ArrayList<>(List.of(""));
    sets.addAll(List.of(System.getProperty("gemoclap.load.compare").split(";", -1)));
    figures.add("%.1f recordings/s; ratios are to the defaults of the same round", RATE);
    figures.add(
        "| round | options | p50 s | p95 s | p50 ratio | p95 ratio | processor ms a recording"
            + " | ratio | load average |");
    figures.add("|---:|---|---:|---:|---:|---:|---:|---:|---:|");
    for (int round = 1; round <= ROUNDS; round++) {
      Measured defaults = null;
      for (String options : sets) {
        Measured measured = measure(options.strip());
        defaults = defaults == null ? measured : defaults;
        figures.add(
            "| %d | %s | %.2f | %.2f | %.2f | %.2f | %.1f | %.2f | %.1f |",
            round,
            options.isBlank() ? "defaults" : "`" + options.strip() + "`",
            measured.median,
            measured.tail,
            measured.median / defaults.median,
            measured.tail / defaults.tail,
            measured.processorMillis,
            measured.processorMillis / defaults.processorMillis,
            measured.load);
      }
    }
    figures.write("options.md");
  }

  /** Starts broker and job anew, so that no run is the heir of another. */
  private Measured measure(String options) throws Exception {
    Path data = Files.createTempDirectory(folder, "broker");
    try (KafkaBroker broker = KafkaBroker.start(data);
        LoadJob job = LoadJob.start("load", broker, folder, LoadJob.options(options))) {
      job.sender.burst(WARM_UP);
      job.drain();
      int before = job.arrivals.count();
      Duration processor = job.processorTime();
      long start = System.currentTimeMillis();
      job.sender.send(RATE, STEADY);
      job.drain();
      long end = System.currentTimeMillis();
      double spent = job.processorTime().minus(processor).toMillis();
      job.assertComplete();
      List<Long> latencies =
          job.arrivals.since(before).stream().map(a -> a.latencyMillis()).sorted().toList();
      return new Measured(
          LoadFigures.seconds(latencies, 0.5),
          LoadFigures.seconds(latencies, 0.95),
          spent / latencies.size(),
          LoadFigures.meanLoad(job.memory.between(start, end)));
    }
  }
}
