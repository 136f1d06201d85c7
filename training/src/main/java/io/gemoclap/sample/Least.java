package io.gemoclap.sample;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The first candidates in an order, none twice. Keeps no more than its limit. */
final class Least implements Serializable {
  private static final long serialVersionUID = 1L;

  /** An order that travels to workers. */
  private interface Order extends Comparator<Candidate>, Serializable {}

  private static final Order CHANCE =
      (a, b) -> {
        int hash = Long.compare(a.hash(), b.hash());
        return hash != 0 ? hash : a.segmentId().compareTo(b.segmentId());
      };
  private static final Order CONFIDENCE =
      (a, b) -> {
        int confidence = Double.compare(a.confidence(), b.confidence());
        return confidence != 0 ? confidence : CHANCE.compare(a, b);
      };

  private final int limit;
  private final TreeSet<Candidate> kept;

  private Least(int limit, Order order) {
    this.limit = limit;
    kept = new TreeSet<>(order);
  }

  /** In the random order of the seed. */
  static Least byChance(int limit) {
    return new Least(limit, CHANCE);
  }

  /** The least confident first. */
  static Least byConfidence(int limit) {
    return new Least(limit, CONFIDENCE);
  }

  void add(Candidate candidate) {
    if (limit == 0
        || (kept.size() == limit && kept.comparator().compare(candidate, kept.last()) >= 0)) {
      return;
    }
    if (kept.add(candidate) && kept.size() > limit) {
      kept.pollLast();
    }
  }

  void addAll(Least other) {
    other.kept.forEach(this::add);
  }

  List<Candidate> list() {
    return List.copyOf(kept);
  }
}
