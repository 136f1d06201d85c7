package io.gemoclap.training.folds;

import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Takes a development part out of the utterances that a fold trains on.
 *
 * <p>Whole groups where there are enough: of at least four speakers, one man and one woman (one
 * speaker, where not both genders are known); of at least three sessions, one. Otherwise, or where
 * that would leave a class without training, a share of each class, whose speakers are heard in
 * training too. What is cut from one recording stays together either way. The seed decides.
 */
final class Development {
  private static final int FEWEST_SPEAKERS = 4;
  private static final int FEWEST_SESSIONS = 3;

  private final double share;
  private final long seed;

  /** Takes the given share, in [0, 1), where no whole groups are taken; 0 takes nothing. */
  Development(double share, long seed) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("The development share must be in [0, 1), not " + share);
    }
    this.share = share;
    this.seed = seed;
  }

  /** A fold, and whether its development part shares speakers with training. */
  record Part(Fold fold, boolean sharesSpeakers) {}

  Part split(Fold fold, Grouping grouping) {
    if (share == 0) {
      return new Part(fold, false);
    }
    SortedMap<String, List<Utterance>> groups = grouping.groups(fold.train());
    Set<String> held =
        switch (grouping) {
          case SPEAKER -> speakers(groups, fold);
          case SESSION -> session(groups, fold);
          case RECORDING -> Set.of();
        };
    boolean whole = !held.isEmpty();
    Grouping by = whole ? grouping : Grouping.RECORDING;
    Set<String> dev = whole ? held : share(fold.train());
    return new Part(
        new Fold(
            fold.name(),
            fold.train().stream().filter(u -> !dev.contains(by.of(u))).toList(),
            fold.train().stream().filter(u -> dev.contains(by.of(u))).toList(),
            fold.test()),
        !whole);
  }

  private Set<String> speakers(SortedMap<String, List<Utterance>> groups, Fold fold) {
    if (groups.size() < FEWEST_SPEAKERS) {
      return Set.of();
    }
    List<String> order = order(groups, fold);
    List<String> men = of(order, groups, Gender.MALE);
    List<String> women = of(order, groups, Gender.FEMALE);
    if (men.isEmpty() || women.isEmpty()) {
      return order.stream()
          .map(Set::of)
          .filter(s -> leaves(groups, s))
          .findFirst()
          .orElse(Set.of());
    }
    for (String man : men) {
      for (String woman : women) {
        if (leaves(groups, Set.of(man, woman))) {
          return Set.of(man, woman);
        }
      }
    }
    return Set.of();
  }

  private Set<String> session(SortedMap<String, List<Utterance>> groups, Fold fold) {
    if (groups.size() < FEWEST_SESSIONS) {
      return Set.of();
    }
    return order(groups, fold).stream()
        .map(Set::of)
        .filter(s -> leaves(groups, s))
        .findFirst()
        .orElse(Set.of());
  }

  /** Differs from fold to fold, so that the development speakers vary. */
  private List<String> order(SortedMap<String, List<Utterance>> groups, Fold fold) {
    return Balance.shuffled(groups.keySet(), seed * 31 + fold.name().hashCode());
  }

  private static List<String> of(
      List<String> order, Map<String, List<Utterance>> groups, Gender gender) {
    return order.stream().filter(s -> groups.get(s).get(0).gender() == gender).toList();
  }

  /** Whether training keeps every class when some groups are taken out. */
  private static boolean leaves(Map<String, List<Utterance>> groups, Set<String> held) {
    Set<String> all = new HashSet<>();
    Set<String> left = new HashSet<>();
    groups.forEach(
        (name, group) ->
            group.forEach(
                utterance -> {
                  all.add(utterance.emotion());
                  if (!held.contains(name)) {
                    left.add(utterance.emotion());
                  }
                }));
    return left.equals(all);
  }

  private Set<String> share(List<Utterance> train) {
    Map<String, Long> open = new java.util.TreeMap<>();
    train.forEach(utterance -> open.merge(utterance.emotion(), 1L, Long::sum));
    open.replaceAll((label, count) -> Math.min(count - 1, Math.round(count * share)));
    SortedMap<String, List<Utterance>> groups = Grouping.RECORDING.groups(train);
    List<String> dev = new ArrayList<>();
    for (String name : Balance.shuffled(groups.keySet(), seed)) {
      Map<String, Long> needed = new java.util.TreeMap<>();
      groups.get(name).forEach(u -> needed.merge(u.emotion(), 1L, Long::sum));
      if (needed.entrySet().stream().allMatch(e -> e.getValue() <= open.get(e.getKey()))) {
        needed.forEach((label, count) -> open.merge(label, -count, Long::sum));
        dev.add(name);
      }
    }
    return Set.copyOf(dev);
  }
}
