package io.gemoclap.cli.benchmark;

import com.google.common.primitives.Doubles;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** What the rounds gave: a rate for each task, and ratios of costs of the same round. */
public final class BenchmarkReport {
  /** Name in JSON of the costs in calibration loops. */
  static final String COSTS = "calibration_loops_per_audio_second";

  private final int recordings;
  private final double audioSeconds;
  private final Map<String, List<Task.Cost>> costs;
  private final int rounds;

  /**
   * One figure from each round.
   *
   * @param name what it is
   * @param values at least one
   */
  record Series(String name, List<Double> values) {
    double median() {
      return statistics().getPercentile(50);
    }

    double min() {
      return statistics().getMin();
    }

    double max() {
      return statistics().getMax();
    }

    private DescriptiveStatistics statistics() {
      return new DescriptiveStatistics(Doubles.toArray(values));
    }
  }

  /**
   * Takes the costs of each task.
   *
   * @param costs one for each round; holds the calibration loop, the plain loop and both pipelines
   */
  BenchmarkReport(int recordings, double audioSeconds, Map<String, List<Task.Cost>> costs) {
    this.recordings = recordings;
    this.audioSeconds = audioSeconds;
    this.costs = new LinkedHashMap<>(costs);
    this.rounds = costs.get(Benchmark.LOOP).size();
  }

  /** Seconds of audio for a second of processor time. */
  List<Series> rates() {
    return tasks().map(name -> series(name, round -> cost(name, round).rate())).toList();
  }

  /** Processor time for the same audio, as a share of what the plain loop takes. */
  List<Series> shares() {
    return tasks()
        .map(name -> series(name, round -> relative(name, Benchmark.LOOP, round)))
        .toList();
  }

  /** Processor time of a second of audio, in calibration loops. */
  List<Series> calibrated() {
    return tasks()
        .map(name -> series(name, round -> relative(name, Calibration.NAME, round)))
        .toList();
  }

  /** The comparisons that matter. */
  List<Series> ratios() {
    List<Series> ratios = new ArrayList<>();
    ratios.add(
        series(
            "Beam pipeline : plain loop",
            round -> relative(Benchmark.PIPELINE, Benchmark.LOOP, round)));
    ratios.add(series("the same without start and stop", this::overheadWithoutStart));
    if (costs.containsKey(Benchmark.ISOLATED)) {
      ratios.add(
          series(
              "isolated decoder : in process",
              round -> relative(Benchmark.ISOLATED, Benchmark.IN_PROCESS, round)));
    }
    for (String feature : List.of(Benchmark.LOG_MEL, Benchmark.MFCC)) {
      for (String librosa : List.of(Benchmark.librosa(feature), Benchmark.librosaKept(feature))) {
        if (costs.containsKey(librosa)) {
          ratios.add(
              series(librosa + " : our " + feature, round -> relative(librosa, feature, round)));
        }
      }
    }
    return ratios;
  }

  /** A pipeline over one clip is nearly all start and stop, so it is taken from both. */
  private double overheadWithoutStart(int round) {
    Task.Cost all = cost(Benchmark.PIPELINE, round);
    Task.Cost one = cost(Benchmark.ONE_CLIP, round);
    double audio = all.audioSeconds() - one.audioSeconds();
    return audio <= 0
        ? Double.NaN
        : (all.cpuSeconds() - one.cpuSeconds()) / audio * cost(Benchmark.LOOP, round).rate();
  }

  private Stream<String> tasks() {
    return costs.keySet().stream().filter(name -> !name.equals(Calibration.NAME));
  }

  private double relative(String name, String base, int round) {
    return cost(base, round).rate() / cost(name, round).rate();
  }

  private Task.Cost cost(String name, int round) {
    return costs.get(name).get(round);
  }

  private Series series(String name, IntToDoubleFunction value) {
    return new Series(name, IntStream.range(0, rounds).mapToDouble(value).boxed().toList());
  }

  /** Three tables: shares, ratios and rates. */
  public void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%d recordings, %.0f s of audio, %d rounds; medians with least and most.%n",
        recordings,
        audioSeconds,
        rounds);
    table("Processor time, plain loop = 1", shares(), out);
    table("Ratio of processor times", ratios(), out);
    table("Seconds of audio per processor second, here", rates(), out);
  }

  private static void table(String title, List<Series> rows, PrintStream out) {
    out.println();
    out.printf(Locale.ROOT, "%-46s %9s %9s %9s%n", title, "median", "least", "most");
    for (Series row : rows) {
      out.printf(
          Locale.ROOT, "%-46s %9.3f %9.3f %9.3f%n", row.name(), row.median(), row.min(), row.max());
    }
  }

  /** The same for machines. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("recordings", recordings);
    json.put("audio_seconds", audioSeconds);
    json.put("rounds", rounds);
    json.put("cpu_share_of_plain_loop", shares());
    json.put("cpu_ratios", ratios());
    json.put("audio_seconds_per_cpu_second", rates());
    json.put(COSTS, calibrated().stream().map(BenchmarkReport::withMedian).toList());
    return json;
  }

  private static Map<String, Object> withMedian(Series series) {
    return Map.of("name", series.name(), "median", series.median(), "values", series.values());
  }
}
