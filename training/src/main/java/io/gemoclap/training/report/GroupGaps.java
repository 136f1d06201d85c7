package io.gemoclap.training.report;

import io.gemoclap.training.evaluate.Bootstrap;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.evaluate.Outcomes;
import io.gemoclap.training.evaluate.Resampling;
import io.gemoclap.training.report.Report.GroupGap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** How far the groups of a headline lie apart. */
final class GroupGaps {
  private final Judgements headline;
  private final Bootstrap bootstrap;

  GroupGaps(Judgements headline, Bootstrap bootstrap) {
    this.headline = headline;
    this.bootstrap = bootstrap;
  }

  /** Of genders and of speakers, where at least two are known. */
  List<GroupGap> all() {
    List<GroupGap> gaps = new ArrayList<>();
    add(gaps, "gender", row -> "unknown".equals(row.gender()) ? null : row.gender());
    add(gaps, "speaker", row -> row.speaker().isEmpty() ? null : row.speaker());
    return List.copyOf(gaps);
  }

  /** Adds the gap of the groups that have a name. */
  private void add(List<GroupGap> gaps, String of, Function<PredictionRow, String> name) {
    Map<String, Judgements> groups =
        new Judgements(
                headline.labels(),
                headline.rows().stream().filter(row -> name.apply(row) != null).toList(),
                false)
            .by(name);
    if (groups.size() < 2) {
      return;
    }
    List<String> names =
        groups.keySet().stream()
            .sorted(Comparator.comparingDouble(group -> uar(groups.get(group))))
            .toList();
    String worst = names.get(0);
    String best = names.get(names.size() - 1);
    Set<Integer> shared = truths(groups.get(best));
    shared.retainAll(truths(groups.get(worst)));
    if (!shared.isEmpty()) {
      gaps.add(gap(of, best, groups.get(best), worst, groups.get(worst), shared));
    }
  }

  private GroupGap gap(
      String of, String best, Judgements a, String worst, Judgements b, Set<Integer> shared) {
    List<PredictionRow> rows = new ArrayList<>(rows(a, shared));
    int boundary = rows.size();
    rows.addAll(rows(b, shared));
    int[] strata = new int[rows.size()];
    for (int i = 0; i < strata.length; i++) {
      strata[i] = 2 * headline.truth(rows.get(i)) + (i < boundary ? 0 : 1);
    }
    Outcomes outcomes = new Judgements(headline.labels(), rows, false).outcomes();
    Interval interval =
        bootstrap
            .spreads(
                Resampling.withinClasses(strata),
                drawn -> new double[] {difference(outcomes, drawn, boundary)})
            .get(0)
            .interval();
    int[] everything = IntStream.range(0, rows.size()).toArray();
    return new GroupGap(of, best, worst, difference(outcomes, everything, boundary), interval);
  }

  private static List<PredictionRow> rows(Judgements group, Set<Integer> truths) {
    return group.rows().stream().filter(row -> truths.contains(group.truth(row))).toList();
  }

  private static double difference(Outcomes outcomes, int[] items, int boundary) {
    int[] first = Arrays.stream(items).filter(i -> i < boundary).toArray();
    int[] second = Arrays.stream(items).filter(i -> i >= boundary).toArray();
    return outcomes.scores(first)[1] - outcomes.scores(second)[1];
  }

  private static Set<Integer> truths(Judgements group) {
    Set<Integer> truths = new HashSet<>();
    group.rows().forEach(row -> truths.add(group.truth(row)));
    return truths;
  }

  private static double uar(Judgements group) {
    return group.outcomes().confusion().scores().uar();
  }
}
