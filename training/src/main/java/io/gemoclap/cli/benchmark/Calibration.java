package io.gemoclap.cli.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.cli.benchmark.BenchmarkReport.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A loop of fixed work that tasks are measured against. The ratio of a task to this loop depends
 * less on the machine and its load than a time does, so that runs on different days compare.
 */
final class Calibration {
  static final String NAME = "calibration loop";

  /** Beyond this, a change is more than what noise does to three rounds. */
  static final double LIMIT = 2;

  private static final int SIZE = 1 << 14;

  private static volatile float result;

  private Calibration() {}

  /** Nominally works through one second of audio: sums and products of 16,384 floats, 64 times. */
  static Task task() {
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (i % 17) - 8;
    }
    return Task.repeated(NAME, 1, () -> result = sum(values));
  }

  private static float sum(float[] values) {
    float sum = 0;
    for (int lag = 0; lag < 64; lag++) {
      for (int i = lag; i < values.length; i++) {
        sum += values[i] * values[i - lag];
      }
    }
    return sum;
  }

  /**
   * Compares figures with those of an earlier run.
   *
   * @param costs of this run, in calibration loops
   * @param earlier file that {@code --output} wrote
   * @return a sentence for each task that takes more than {@link #LIMIT} times as long as then
   */
  static List<String> slower(List<Series> costs, Path earlier) throws IOException {
    List<String> sentences = new ArrayList<>();
    for (JsonNode then :
        new ObjectMapper().readTree(earlier.toFile()).path(BenchmarkReport.COSTS)) {
      for (Series now : costs) {
        double ratio = now.median() / then.path("median").doubleValue();
        if (now.name().equals(then.path("name").textValue()) && ratio > LIMIT) {
          sentences.add(
              String.format(
                  Locale.ROOT,
                  "'%s' takes %.1f times as long as in '%s', measured against the %s",
                  now.name(),
                  ratio,
                  earlier,
                  NAME));
        }
      }
    }
    return sentences;
  }
}
