package io.gemoclap.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Percentiles, and Markdown tables that go to standard output and to {@code target/load}. */
final class LoadFigures {
  private static final Path TARGET = Path.of("integration-tests", "target", "load");

  private final List<String> lines = new ArrayList<>();

  /** A line of text, or of a table. */
  void add(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
    System.out.println(lines.get(lines.size() - 1));
  }

  /** Latencies and memory of a minute, or another stretch of time, as a row of a table. */
  void addSlice(String what, LoadJob job, long from, long to) {
    List<Long> latencies =
        job.arrivals.since(0).stream()
            .filter(arrival -> arrival.due() >= from && arrival.due() < to)
            .map(Arrivals.Arrival::latencyMillis)
            .sorted()
            .toList();
    List<MemorySamples.Sample> seconds = job.memory.between(from, to);
    add(
        "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f | %.1f |",
        what,
        latencies.size(),
        seconds(latencies, 0.5),
        seconds(latencies, 0.95),
        seconds(latencies, 0.99),
        seconds(latencies, 1),
        maximum(seconds, MemorySamples.Sample::resident),
        maximum(seconds, MemorySamples.Sample::heap),
        meanLoad(seconds));
  }

  /** Header of the table of {@link #addSlice}. */
  void addSliceHeader() {
    add(
        "| recordings due in | recordings | p50 s | p95 s | p99 s | max s | resident MiB | heap MiB"
            + " | load average |");
    add("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
  }

  /** A percentile of sorted milliseconds in seconds, by the nearest rank. */
  static double seconds(List<Long> sortedMillis, double percentile) {
    if (sortedMillis.isEmpty()) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percentile * sortedMillis.size());
    return sortedMillis.get(Math.max(0, rank - 1)) / 1000.0;
  }

  static double meanLoad(List<MemorySamples.Sample> samples) {
    return samples.stream().mapToDouble(MemorySamples.Sample::load).average().orElse(Double.NaN);
  }

  static <T> double maximum(Collection<T> all, ToDoubleFunction<T> value) {
    return all.stream().mapToDouble(value).max().orElse(Double.NaN);
  }

  /** Keeps all lines in a file. */
  void write(String name) throws IOException {
    Files.write(Files.createDirectories(TARGET).resolve(name), lines);
  }
}
