package io.gemoclap.training.folds;

import io.gemoclap.training.corpus.Utterance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;

/**
 * Deals groups of utterances into parts that resemble each other in labels and genders: large
 * groups first, each into the part that it makes least lopsided.
 */
final class Balance {
  private final Map<String, Double> totals = new HashMap<>();
  private final List<Map<String, Double>> loads = new ArrayList<>();
  private final List<List<String>> parts = new ArrayList<>();

  private Balance(int k) {
    for (int i = 0; i < k; i++) {
      loads.add(new HashMap<>());
      parts.add(new ArrayList<>());
    }
  }

  /**
   * Deals the groups.
   *
   * @param groups name to utterances, at least {@code k}
   * @param seed decides between groups of equal size
   * @return {@code k} lists of names, none empty, each sorted
   */
  static List<List<String>> deal(SortedMap<String, List<Utterance>> groups, int k, long seed) {
    Balance balance = new Balance(k);
    groups.values().forEach(group -> balance.add(balance.totals, group));
    List<String> order = shuffled(groups.keySet(), seed);
    order.sort(Comparator.comparingInt(name -> -groups.get(name).size()));
    for (int i = 0; i < order.size(); i++) {
      balance.deal(order.get(i), groups.get(order.get(i)), order.size() - i);
    }
    balance.parts.forEach(Collections::sort);
    return balance.parts;
  }

  /** The names in an order that the seed alone decides. */
  static List<String> shuffled(Iterable<String> names, long seed) {
    List<String> order = new ArrayList<>();
    names.forEach(order::add);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }

  /** Counts utterances by label, and the group itself by gender. */
  private void add(Map<String, Double> counts, List<Utterance> group) {
    for (Utterance utterance : group) {
      counts.merge("label " + utterance.emotion(), 1.0, Double::sum);
      counts.merge("gender " + utterance.gender(), 1.0 / group.size(), Double::sum);
    }
  }

  private void deal(String name, List<Utterance> group, int left) {
    Map<String, Double> counts = new HashMap<>();
    add(counts, group);
    long empty = parts.stream().filter(List::isEmpty).count();
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < parts.size(); i++) {
      if (left <= empty && !parts.get(i).isEmpty()) {
        continue;
      }
      double cost = 0;
      for (Map.Entry<String, Double> count : counts.entrySet()) {
        double total = totals.get(count.getKey());
        double before = loads.get(i).getOrDefault(count.getKey(), 0.0) / total;
        double after = before + count.getValue() / total;
        cost += after * after - before * before;
      }
      if (cost < least - 1e-12) {
        least = cost;
        best = i;
      }
    }
    add(loads.get(best), group);
    parts.get(best).add(name);
  }
}
