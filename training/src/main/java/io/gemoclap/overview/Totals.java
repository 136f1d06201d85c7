package io.gemoclap.overview;

import io.gemoclap.overview.ArchiveReport.Segment;
import io.gemoclap.score.EmotionScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/** What all segments together say, whatever recording they are of. Mutable; not thread-safe. */
final class Totals implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bins of confidence. */
  static final int BINS = 20;

  /** Upper ends of the bins of the distance from the training data; the last has none. */
  static final double[] DISTANCES = {0.75, 1, 1.5, 2, 4, 8};

  /** Segments of each kind to listen to. */
  static final int LISTENED = 10;

  private static final Comparator<Segment> CONFIDENCE =
      Comparator.comparingDouble(Segment::confidence).thenComparing(Segment::segmentId);

  private final Times times = new Times();
  private final long[] confidences = new long[BINS];
  private final long[] distances = new long[DISTANCES.length + 1];
  private final TreeSet<String> labelSets = new TreeSet<>();
  private final TreeSet<String> models = new TreeSet<>();
  private final TreeSet<String> columns = new TreeSet<>();
  private final PriorityQueue<Segment> least = new PriorityQueue<>(CONFIDENCE.reversed());
  private final PriorityQueue<Segment> most = new PriorityQueue<>(CONFIDENCE);

  /** Adds a segment. */
  void add(EmotionScores score) {
    times.add(score);
    confidences[(int) Math.min(BINS - 1, score.getConfidence() * BINS)]++;
    if (score.getOutOfDomain() >= 0) {
      distances[distance(score.getOutOfDomain())]++;
    }
    labelSets.add(score.getLabelSet());
    models.add(score.getModelId());
    columns.addAll(score.getMetadata().keySet());
    Segment segment = Segment.of(score);
    keep(least, segment);
    keep(most, segment);
  }

  /** Adds other segments. */
  Totals add(Totals other) {
    times.add(other.times);
    for (int i = 0; i < BINS; i++) {
      confidences[i] += other.confidences[i];
    }
    for (int i = 0; i < distances.length; i++) {
      distances[i] += other.distances[i];
    }
    labelSets.addAll(other.labelSets);
    models.addAll(other.models);
    columns.addAll(other.columns);
    other.least.forEach(segment -> keep(least, segment));
    other.most.forEach(segment -> keep(most, segment));
    return this;
  }

  private static int distance(double outOfDomain) {
    int bin = 0;
    while (bin < DISTANCES.length && outOfDomain >= DISTANCES[bin]) {
      bin++;
    }
    return bin;
  }

  /** The head of the queue is the one to drop. */
  private static void keep(PriorityQueue<Segment> kept, Segment segment) {
    kept.add(segment);
    if (kept.size() > LISTENED) {
      kept.remove();
    }
  }

  Times times() {
    return times;
  }

  /** Segments by confidence, in bins of equal width from 0 to 1. */
  long[] confidences() {
    return confidences;
  }

  /** Segments by distance from the training data. */
  long[] distances() {
    return distances;
  }

  Set<String> labelSets() {
    return labelSets;
  }

  Set<String> models() {
    return models;
  }

  /** Names of the metadata of any segment. */
  Set<String> columns() {
    return columns;
  }

  /** The segments of least confidence, the least first. */
  List<Segment> leastCertain() {
    return sorted(least, CONFIDENCE);
  }

  /** The segments of greatest confidence, the greatest first. */
  List<Segment> mostCertain() {
    return sorted(most, CONFIDENCE.reversed());
  }

  private static List<Segment> sorted(PriorityQueue<Segment> kept, Comparator<Segment> order) {
    List<Segment> sorted = new ArrayList<>(kept);
    sorted.sort(order);
    return sorted;
  }
}
