package io.gemoclap.sample;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;

/**
 * The strata of the random part, in the order of their names. Immutable.
 *
 * <p>Each group is a stratum if every stratum can then have two segments, which a variance needs.
 * Otherwise, neighbouring groups by name share a stratum, and strata are about equally large. That
 * is decided by the sizes of groups alone, so inclusion probabilities are known: n<sub>h</sub> /
 * N<sub>h</sub> in stratum h.
 *
 * <p>Each stratum gets two segments, or all if it has fewer. Each further one goes to the stratum
 * in which a segment stands for the most others, so that the allocation is about proportional.
 *
 * @param list the strata; none if there are no random segments
 */
public record Strata(List<Stratum> list) implements Serializable {
  private static final int LEAST = 2;

  /** Copies the list. */
  public Strata {
    list = List.copyOf(list);
  }

  /**
   * Plans the strata.
   *
   * @param groups number of segments of each group
   * @param n number of random segments, at most that of all segments
   */
  public static Strata plan(SortedMap<String, Long> groups, int n) {
    if (n == 0) {
      return new Strata(List.of());
    }
    List<Stratum> strata = merged(groups, Math.max(1, n / LEAST));
    int[] sample = allocate(strata, n);
    List<Stratum> planned = new ArrayList<>();
    for (int h = 0; h < sample.length; h++) {
      Stratum stratum = strata.get(h);
      planned.add(new Stratum(stratum.name(), stratum.first(), stratum.size(), sample[h]));
    }
    return new Strata(planned);
  }

  private static List<Stratum> merged(SortedMap<String, Long> groups, int most) {
    boolean each = groups.size() <= most;
    double all = groups.values().stream().mapToLong(Long::longValue).sum();
    List<Stratum> strata = new ArrayList<>();
    long before = 0;
    long zone = -1;
    for (Map.Entry<String, Long> group : groups.entrySet()) {
      String name = group.getKey();
      long size = group.getValue();
      // By the group's middle; the zones of one size are numbered from 0.
      long own = Math.min(most - 1L, (long) ((before + size / 2.0) / all * most));
      if (each || own > zone) {
        strata.add(new Stratum(name, name, size, 0));
      } else {
        Stratum last = strata.remove(strata.size() - 1);
        strata.add(new Stratum(last.first() + " … " + name, last.first(), last.size() + size, 0));
      }
      zone = own;
      before += size;
    }
    return strata;
  }

  private static int[] allocate(List<Stratum> strata, int n) {
    int[] sample = new int[strata.size()];
    int rest = n;
    for (int h = 0; h < sample.length; h++) {
      sample[h] = (int) Math.min(Math.min(LEAST, strata.get(h).size()), rest);
      rest -= sample[h];
    }
    PriorityQueue<Integer> heaviest =
        new PriorityQueue<>(
            Comparator.comparingDouble((Integer h) -> -(double) strata.get(h).size() / sample[h])
                .thenComparing(Comparator.naturalOrder()));
    for (int h = 0; h < sample.length; h++) {
      if (sample[h] > 0 && sample[h] < strata.get(h).size()) {
        heaviest.add(h);
      }
    }
    for (; rest > 0 && !heaviest.isEmpty(); rest--) {
      int h = heaviest.remove();
      sample[h]++;
      if (sample[h] < strata.get(h).size()) {
        heaviest.add(h);
      }
    }
    return sample;
  }

  /** Position of the stratum that holds a group; the group must be one of the plan. */
  int index(String group) {
    int low = 0;
    int high = list.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (list.get(middle).first().compareTo(group) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
