package io.gemoclap.sample;

import java.util.EnumMap;
import java.util.Map;

/**
 * How a sample is divided among its parts. Immutable.
 *
 * @param of share of each part, 0 to 1; the sum is 1
 */
public record Shares(Map<Part, Double> of) {
  private static final double ROUNDING = 1e-6;

  /** Half random, a quarter each uncertain and diverse. */
  public static final Shares DEFAULT =
      new Shares(Map.of(Part.RANDOM, 0.5, Part.UNCERTAIN, 0.25, Part.DIVERSE, 0.25));

  /**
   * Copies the shares; parts that are not named have none.
   *
   * @throws IllegalArgumentException if a share is not in 0 to 1, or the sum is not 1
   */
  public Shares {
    EnumMap<Part, Double> all = new EnumMap<>(Part.class);
    double sum = 0;
    for (Part part : Part.values()) {
      double share = of.getOrDefault(part, 0.0);
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "The share " + part.word() + "=" + share + " is not in 0 to 1");
      }
      all.put(part, share);
      sum += share;
    }
    if (Math.abs(sum - 1) > ROUNDING) {
      throw new IllegalArgumentException(
          "The shares add up to "
              + (float) sum
              + ", not to 1: give them as in random=0.5,uncertain=0.25,diverse=0.25");
    }
    of = Map.copyOf(all);
  }

  /**
   * The shares without the diverse part, whose share the others get in proportion.
   *
   * @throws IllegalArgumentException if there is no other part
   */
  public Shares withoutDiverse() {
    double others = 1 - of.get(Part.DIVERSE);
    if (others < ROUNDING) {
      throw new IllegalArgumentException("All of the sample is the diverse part");
    }
    return new Shares(
        Map.of(
            Part.RANDOM, of.get(Part.RANDOM) / others,
            Part.UNCERTAIN, of.get(Part.UNCERTAIN) / others));
  }

  /** Numbers of segments with the sum {@code n}. What rounding leaves goes to the first parts. */
  public Map<Part, Integer> counts(int n) {
    EnumMap<Part, Integer> counts = new EnumMap<>(Part.class);
    int rest = n;
    for (Part part : Part.values()) {
      counts.put(part, (int) Math.floor(n * of.get(part) + ROUNDING));
      rest -= counts.get(part);
    }
    for (Part part : Part.values()) {
      if (rest > 0 && of.get(part) > 0) {
        counts.merge(part, 1, Integer::sum);
        rest--;
      }
    }
    return counts;
  }
}
