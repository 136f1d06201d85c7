package io.gemoclap.cli.benchmark;

import java.util.List;

/**
 * One figure from each round.
 *
 * @param name name of the series
 * @param values at least one
 */
record Series(String name, List<Double> values) {
  Series {
    values = List.copyOf(values);
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return values.stream().mapToDouble(v -> v).min().orElseThrow();
  }

  double max() {
    return values.stream().mapToDouble(v -> v).max().orElseThrow();
  }
}
