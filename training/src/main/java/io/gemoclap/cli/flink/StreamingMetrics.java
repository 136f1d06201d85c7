package io.gemoclap.cli.flink;

import io.gemoclap.cli.console.Progress;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * What a streaming job inside this process has counted since its last start. Beam hands over a
 * job's metrics as a whole only when its steps end, which those of a streaming job do not; Flink
 * passes each counter to its reporters, and makes this one by its name in the configuration.
 */
public final class StreamingMetrics implements MetricReporter, MetricReporterFactory {
  private static final Map<Counter, String> COUNTERS = new ConcurrentHashMap<>();
  private static final Set<Gauge<?>> RESTARTS = ConcurrentHashMap.newKeySet();

  /** For Flink. */
  public StreamingMetrics() {}

  /** Sums of the counters that Beam has, as {@code DecodeAudio.recordings}, and the restarts. */
  public static Map<String, Long> sums() {
    Map<String, Long> sums = new ConcurrentHashMap<>();
    COUNTERS.forEach((counter, name) -> sums.merge(name, counter.getCount(), Long::sum));
    for (Gauge<?> restarts : RESTARTS) {
      if (restarts.getValue() instanceof Number number) {
        sums.merge(Progress.RESTARTS, number.longValue(), Long::sum);
      }
    }
    return sums;
  }

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    return this;
  }

  @Override
  public void open(MetricConfig config) {}

  @Override
  public void close() {
    COUNTERS.clear();
    RESTARTS.clear();
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter && Progress.COUNTERS.contains(name)) {
      COUNTERS.put(counter, name);
    } else if (metric instanceof Gauge<?> gauge && name.equals(Progress.RESTARTS)) {
      RESTARTS.add(gauge);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      COUNTERS.remove(counter);
    } else if (metric instanceof Gauge<?> gauge) {
      RESTARTS.remove(gauge);
    }
  }
}
