package io.gemoclap.turns;

import com.google.common.primitives.ImmutableDoubleArray;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Joins the segments of one voice into turns, by a hidden Markov model over their scores (Rabiner
 * 1989, "A tutorial on hidden Markov models and selected applications in speech recognition",
 * Proceedings of the IEEE 77(2), section III.B).
 *
 * <p>The states are the K labels. A segment t with scores pₜ is one observation, and the state k
 * emits it with the likelihood bₖ(t) = pₜ(k). Scores are posterior probabilities, so this is the
 * likelihood up to a factor if all labels are equally frequent; scores below 10⁻⁶ count as 10⁻⁶. A
 * recording begins in each state with the probability 1 / K. From one segment to the next, after a
 * gap of g seconds (0 where segments overlap), a label stays with the probability
 *
 * <pre>a(g) = 1 / K + (s − 1 / K) · exp(−g / G)</pre>
 *
 * and changes to each of the others with (1 − a(g)) / (K − 1). G is the maximum gap, and s the
 * probability of staying without a gap: the longer the gap, the less the segment before says. Over
 * a gap of more than G the sequence begins anew. The labels are those of the most likely path, by
 * the algorithm of Viterbi:
 *
 * <pre>δₜ(k) = ln bₖ(t) + maxⱼ [δₜ₋₁(j) + ln aⱼₖ(gₜ)]</pre>
 *
 * <p>Of equally likely paths, the one that stays is taken, and otherwise the one with the first
 * label. Segments in a row with the same label are a turn. Then, as long as a turn is shorter than
 * the minimum and has a neighbour within the maximum gap, the shortest one (the first of equal
 * ones) joins the neighbour whose label is more likely for its segments: the one with the larger
 * sum of ln bₖ, or the earlier one if both are alike. Turns of the same label that meet become one.
 *
 * <p>Takes O(n · K²) time for n segments, and O(n · m) for m turns that are too short. Immutable
 * and thread-safe.
 *
 * @param stay s, above 0 and below 1
 * @param minimumSeconds the shortest turn, from its first start to its last end; 0 or more
 * @param maximumGap G in seconds, 0 or more
 */
record TurnSmoother(double stay, double minimumSeconds, double maximumGap) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Certainty of this degree is beyond what any calibration measures. */
  private static final double LEAST = 1e-6;

  TurnSmoother {
    if (!(stay > 0 && stay < 1)) {
      throw new IllegalArgumentException(
          "stayProbability is " + stay + ", but must lie between 0 and 1");
    }
    requireSeconds("minimumSeconds", minimumSeconds);
    requireSeconds("maximumGap", maximumGap);
  }

  private static void requireSeconds(String name, double seconds) {
    if (!(seconds >= 0 && Double.isFinite(seconds))) {
      throw new IllegalArgumentException(
          name + " is " + seconds + ", but must be 0 or more seconds");
    }
  }

  /**
   * One observation.
   *
   * @param start in seconds
   * @param end in seconds, after the start
   * @param scores probability of each label; all segments have the same labels, one or more
   */
  record Segment(double start, double end, ImmutableDoubleArray scores) {
    private double logLikelihood(int label) {
      return Math.log(Math.max(LEAST, scores.get(label)));
    }
  }

  /**
   * Some segments in a row.
   *
   * @param from index of the first
   * @param to index after the last
   * @param label index of their label
   */
  record Turn(int from, int to, int label) {}

  /**
   * The turns of one voice, in their order. Each segment is in exactly one of them.
   *
   * @param segments in the order of their starts
   */
  List<Turn> turns(List<Segment> segments) {
    List<Turn> turns = new ArrayList<>();
    int from = 0;
    double end = 0;
    for (int t = 0; t < segments.size(); t++) {
      if (t > from && segments.get(t).start() - end > maximumGap) {
        turns.addAll(turnsOf(segments, from, t));
        from = t;
      }
      end = Math.max(end, segments.get(t).end());
    }
    if (from < segments.size()) {
      turns.addAll(turnsOf(segments, from, segments.size()));
    }
    return turns;
  }

  /** The turns of segments without a gap that is too long. */
  private List<Turn> turnsOf(List<Segment> all, int from, int to) {
    int[] path = mostLikelyPath(all.subList(from, to));
    List<Turn> turns = new ArrayList<>();
    for (int t = 0; t < path.length; t++) {
      append(turns, new Turn(from + t, from + t + 1, path[t]));
    }
    while (turns.size() > 1) {
      Turn shortest =
          turns.stream().min(Comparator.comparingDouble(turn -> seconds(all, turn))).orElseThrow();
      if (seconds(all, shortest) >= minimumSeconds) {
        break;
      }
      turns = joined(turns, shortest, all);
    }
    return turns;
  }

  /** Appends a turn, or continues the last one if it has the same label. */
  private static void append(List<Turn> turns, Turn turn) {
    int last = turns.size() - 1;
    if (last >= 0 && turns.get(last).label() == turn.label()) {
      turns.set(last, new Turn(turns.get(last).from(), turn.to(), turn.label()));
    } else {
      turns.add(turn);
    }
  }

  private static List<Turn> joined(List<Turn> turns, Turn shortest, List<Segment> all) {
    int at = turns.indexOf(shortest);
    int label;
    if (at == 0) {
      label = turns.get(1).label();
    } else if (at == turns.size() - 1) {
      label = turns.get(at - 1).label();
    } else {
      int before = turns.get(at - 1).label();
      int after = turns.get(at + 1).label();
      List<Segment> own = all.subList(shortest.from(), shortest.to());
      label = logLikelihood(own, after) > logLikelihood(own, before) ? after : before;
    }
    List<Turn> fewer = new ArrayList<>();
    for (Turn turn : turns) {
      append(fewer, turn.equals(shortest) ? new Turn(turn.from(), turn.to(), label) : turn);
    }
    return fewer;
  }

  private static double logLikelihood(List<Segment> segments, int label) {
    return segments.stream().mapToDouble(segment -> segment.logLikelihood(label)).sum();
  }

  private static double seconds(List<Segment> all, Turn turn) {
    List<Segment> own = all.subList(turn.from(), turn.to());
    return own.stream().mapToDouble(Segment::end).max().orElseThrow() - own.get(0).start();
  }

  private int[] mostLikelyPath(List<Segment> segments) {
    int labels = segments.get(0).scores().length();
    int[][] before = new int[segments.size()][labels];
    double[] best = new double[labels];
    double end = segments.get(0).end();
    for (int t = 0; t < segments.size(); t++) {
      Segment segment = segments.get(t);
      double stays = stays(Math.max(0, segment.start() - end), labels);
      double staying = Math.log(stays);
      double changing = Math.log((1 - stays) / (labels - 1));
      double[] next = new double[labels];
      for (int k = 0; k < labels; k++) {
        before[t][k] = k;
        next[k] = t == 0 ? 0 : best[k] + staying;
        for (int j = 0; t > 0 && j < labels; j++) {
          if (j != k && best[j] + changing > next[k]) {
            before[t][k] = j;
            next[k] = best[j] + changing;
          }
        }
        next[k] += segment.logLikelihood(k);
      }
      best = next;
      end = Math.max(end, segment.end());
    }
    int label = 0;
    for (int k = 1; k < labels; k++) {
      label = best[k] > best[label] ? k : label;
    }
    int[] path = new int[segments.size()];
    for (int t = path.length - 1; t >= 0; t--) {
      path[t] = label;
      label = before[t][label];
    }
    return path;
  }

  /** The probability that a label stays over a gap. */
  private double stays(double gap, int labels) {
    double even = 1.0 / labels;
    return labels == 1 ? 1 : even + (stay - even) * (gap == 0 ? 1 : Math.exp(-gap / maximumGap));
  }
}
