package io.gemoclap.training.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of degraded recordings as the words and numbers of a page.
 *
 * @param levels what is known for normalisation, a pair of columns each
 * @param rows one for each degradation
 */
record ConsistencyView(List<String> levels, List<Row> rows) {
  /** A degradation. */
  record Row(String perturbation, String severity, List<Cell> cells) {}

  /** A degradation at one level; weak below the goal of its severity. */
  record Cell(String unchanged, boolean weak, String uar) {}

  private static final double MILD_GOAL = 0.9;
  private static final double HARSH_GOAL = 0.8;

  static ConsistencyView of(List<ConsistencyRow> rows) {
    Set<String> levels = new LinkedHashSet<>();
    rows.forEach(row -> levels.add(level(row)));
    Map<String, Map<String, ConsistencyRow>> byName = new LinkedHashMap<>();
    rows.forEach(
        row ->
            byName
                .computeIfAbsent(row.perturbation(), name -> new LinkedHashMap<>())
                .put(level(row), row));
    List<Row> views = new ArrayList<>();
    byName.forEach(
        (name, own) ->
            views.add(
                new Row(
                    name,
                    own.values().iterator().next().severity(),
                    levels.stream().map(level -> cell(own.get(level))).toList())));
    return new ConsistencyView(List.copyOf(levels), views);
  }

  private static Cell cell(ConsistencyRow row) {
    if (row == null) {
      return new Cell("–", false, "–");
    }
    double goal = row.severity().equals("mild") ? MILD_GOAL : HARSH_GOAL;
    return new Cell(Percent.of(row.unchanged()), row.unchanged() < goal, Percent.of(row.uar()));
  }

  private static String level(ConsistencyRow row) {
    if (row.archive()) {
      return row.group() ? "archive and speaker known" : "archive known";
    }
    return row.group() ? "speaker known" : "nothing known";
  }
}
