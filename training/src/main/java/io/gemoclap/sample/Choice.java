package io.gemoclap.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses the segments of a sample from what passes have found: first the random part, then the
 * uncertain one, then the diverse one. No segment is chosen twice. Not thread-safe.
 */
public final class Choice {
  private final DrawPlan plan;
  private final Draw draw;
  private final Map<String, Candidate> chosen = new LinkedHashMap<>();
  private final Map<String, Part> parts = new HashMap<>();

  /**
   * Chooses the random and the uncertain part.
   *
   * @param uncertain how many segments the uncertain part has, at most as many as the draw has
   *     beyond the random part
   */
  public Choice(DrawPlan plan, Draw draw, int uncertain) {
    this.plan = plan;
    this.draw = draw;
    draw.strata().forEach(stratum -> stratum.forEach(c -> choose(c, Part.RANDOM)));
    addUncertain(uncertain);
  }

  /** The segments whose embeddings the diverse part needs: all chosen ones, and the pool. */
  public Set<String> forDiverse() {
    Map<String, Candidate> all = new LinkedHashMap<>(chosen);
    draw.pool().forEach(c -> all.put(c.segmentId(), c));
    return all.keySet();
  }

  /**
   * Chooses the diverse part: segments of the pool that are far from all chosen ones.
   *
   * @param embeddings of the segments of {@link #forDiverse}; those without one take no part
   * @return how many segments the pool lacked; as many of the least confident took their place
   */
  public int addDiverse(int n, Iterable<Embedded> embeddings) {
    Map<String, float[]> vectors = new HashMap<>();
    embeddings.forEach(e -> vectors.put(e.segmentId(), e.components()));
    List<float[]> centres =
        chosen.keySet().stream().filter(vectors::containsKey).map(vectors::get).toList();
    List<Candidate> pool =
        draw.pool().stream()
            .filter(c -> !chosen.containsKey(c.segmentId()) && vectors.containsKey(c.segmentId()))
            .toList();
    int k = Math.min(n, pool.size());
    Farthest.choose(centres, pool.stream().map(c -> vectors.get(c.segmentId())).toList(), k)
        .forEach(i -> choose(pool.get(i), Part.DIVERSE));
    addUncertain(n - k);
    return n - k;
  }

  private void addUncertain(int n) {
    draw.uncertain().stream()
        .filter(c -> !chosen.containsKey(c.segmentId()))
        .limit(n)
        .toList()
        .forEach(c -> choose(c, Part.UNCERTAIN));
  }

  private void choose(Candidate candidate, Part part) {
    chosen.put(candidate.segmentId(), candidate);
    parts.put(candidate.segmentId(), part);
  }

  /**
   * The chosen segments in the order in which to listen: a random one, so that people who stop
   * early have heard a fair portion of each part.
   */
  public List<SampledSegment> inListeningOrder() {
    List<Candidate> order = new ArrayList<>(chosen.values());
    // Not by the hash that chose the random part: its segments would all come first.
    order.sort(
        Comparator.comparingLong((Candidate c) -> Candidate.hash(c.segmentId(), ~c.hash()))
            .thenComparing(Candidate::segmentId));
    return order.stream()
        .map(c -> SampledSegment.of(c, parts.get(c.segmentId()), plan.strata()))
        .toList();
  }
}
