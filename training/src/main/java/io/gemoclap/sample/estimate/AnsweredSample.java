package io.gemoclap.sample.estimate;

import java.util.ArrayList;
import java.util.List;

/**
 * The answered segments of a stratified random sample, with weights. Immutable.
 *
 * <p>A segment of stratum h has the weight N<sub>h</sub> / r<sub>h</sub>, where r<sub>h</sub> is
 * the number of answered segments: those without an answer are taken to be like the others of their
 * stratum. A stratum that has one answer, but more segments, has no variance of its own: for the
 * variance, it is collapsed with a neighbour (W. G. Cochran, Sampling Techniques, 3rd edition,
 * 1977, section 5A.12), which overestimates as a rule. A stratum without an answer is represented
 * by the segments of the strata that it is collapsed with.
 *
 * @param units the segments
 * @param unsampled for each stratum of the variance, the factor 1 − f, where f is the least
 *     sampling fraction of its strata; 0 if all their segments are answered
 * @param collapsed names of the strata that were collapsed together
 */
record AnsweredSample(List<Unit> units, List<Double> unsampled, List<List<String>> collapsed) {

  /**
   * A stratum with its answers.
   *
   * @param name its name
   * @param size N<sub>h</sub>
   * @param sampled n<sub>h</sub>, answered or not
   * @param answers what people say of its segments
   */
  record Stratum(String name, long size, int sampled, List<Truth> answers) {
    private double fraction() {
      return (double) answers.size() / size;
    }
  }

  /**
   * Weights the answers.
   *
   * @param strata in their order, in which neighbours are collapsed
   * @throws IllegalArgumentException if fewer than two segments are answered, but not all
   */
  static AnsweredSample of(List<Stratum> strata) {
    List<List<Stratum>> sets = new ArrayList<>();
    List<Stratum> set = new ArrayList<>();
    for (Stratum stratum : strata) {
      set.add(stratum);
      if (suffices(set)) {
        sets.add(set);
        set = new ArrayList<>();
      }
    }
    if (!set.isEmpty()) {
      if (sets.isEmpty()) {
        throw new IllegalArgumentException("Fewer than two segments are answered");
      }
      sets.get(sets.size() - 1).addAll(set);
    }
    List<Unit> units = new ArrayList<>();
    List<Double> unsampled = new ArrayList<>();
    List<List<String>> collapsed = new ArrayList<>();
    for (List<Stratum> together : sets) {
      weigh(together, unsampled.size(), units);
      unsampled.add(1 - together.stream().mapToDouble(Stratum::fraction).min().orElseThrow());
      if (together.size() > 1) {
        collapsed.add(together.stream().map(Stratum::name).toList());
      }
    }
    return new AnsweredSample(units, unsampled, collapsed);
  }

  /** Two answers give a variance; where all segments are answered, there is none. */
  private static boolean suffices(List<Stratum> set) {
    int answers = set.stream().mapToInt(stratum -> stratum.answers().size()).sum();
    return answers >= 2 || set.stream().allMatch(stratum -> stratum.fraction() >= 1);
  }

  private static void weigh(List<Stratum> together, int index, List<Unit> units) {
    double all = together.stream().mapToDouble(Stratum::size).sum();
    double represented =
        together.stream()
            .filter(stratum -> !stratum.answers().isEmpty())
            .mapToDouble(Stratum::size)
            .sum();
    for (Stratum stratum : together) {
      for (Truth truth : stratum.answers()) {
        double weight = stratum.size() / (double) stratum.answers().size() * all / represented;
        units.add(new Unit(truth, weight, index));
      }
    }
  }
}
