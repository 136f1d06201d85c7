package io.gemoclap.overview;

import io.gemoclap.overview.ArchiveReport.Segment;
import io.gemoclap.score.EmotionScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  private final ArrayList<Segment> least = new ArrayList<>();
  private final ArrayList<Segment> most = new ArrayList<>();

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
    keep(least, segment, CONFIDENCE);
    keep(most, segment, CONFIDENCE.reversed());
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
    other.least.forEach(segment -> keep(least, segment, CONFIDENCE));
    other.most.forEach(segment -> keep(most, segment, CONFIDENCE.reversed()));
    return this;
  }

  private static int distance(double outOfDomain) {
    int bin = 0;
    while (bin < DISTANCES.length && outOfDomain >= DISTANCES[bin]) {
      bin++;
    }
    return bin;
  }

  /** Keeps the first in an order, and some more until there are enough to sort. */
  private static void keep(List<Segment> kept, Segment segment, Comparator<Segment> order) {
    kept.add(segment);
    if (kept.size() == 8 * LISTENED) {
      cut(kept, order);
    }
  }

  private static void cut(List<Segment> kept, Comparator<Segment> order) {
    kept.sort(order);
    if (kept.size() > LISTENED) {
      kept.subList(LISTENED, kept.size()).clear();
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
    cut(least, CONFIDENCE);
    return List.copyOf(least);
  }

  /** The segments of greatest confidence, the greatest first. */
  List<Segment> mostCertain() {
    cut(most, CONFIDENCE.reversed());
    return List.copyOf(most);
  }
}
