package io.gemoclap.training.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The risk–coverage curve (Geifman and El-Yaniv 2017): of the share of predictions with the
 * greatest confidence, its coverage, the share that is wrong, its risk. Immutable.
 *
 * @param aurc area under the curve: the mean risk over all coverages, of 1, 2, … all predictions;
 *     the less, the better confidence tells right from wrong
 * @param points at coverages of 5 %, 10 %, … 100 %; fewer where several would be of the same
 *     predictions
 */
public record RiskCoverage(double aurc, List<Point> points) {
  private static final int STEPS = 20;

  /**
   * A prediction.
   *
   * @param confidence probability of the predicted class
   * @param right whether it is the truth
   */
  public record Judged(double confidence, boolean right) {}

  /**
   * One point.
   *
   * @param coverage share of the predictions, above 0
   * @param risk share of these that is wrong
   * @param confidence the least among these
   */
  public record Point(double coverage, double risk, double confidence) {}

  /** Copies the list. */
  public RiskCoverage {
    points = List.copyOf(points);
  }

  /**
   * Draws the curve. Predictions of equal confidence count with their mean risk, so that their
   * order does not matter.
   *
   * @param all at least one prediction
   * @throws IllegalArgumentException without any
   */
  public static RiskCoverage of(List<Judged> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("There is no prediction to draw a curve of");
    }
    List<Judged> sorted = sorted(all);
    int n = sorted.size();
    double[] wrong = wrong(sorted);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += wrong[i] / (i + 1);
    }
    List<Point> points = new ArrayList<>();
    int before = 0;
    for (int step = 1; step <= STEPS; step++) {
      int covered = (int) Math.round((double) n * step / STEPS);
      if (covered > before) {
        points.add(
            new Point(
                (double) covered / n,
                wrong[covered - 1] / covered,
                sorted.get(covered - 1).confidence()));
        before = covered;
      }
    }
    return new RiskCoverage(sum / n, points);
  }

  /**
   * The least confidence from which on a prediction is right more often than not: where isotonic
   * regression of being right on confidence (pool adjacent violators, Ayer et al. 1955) exceeds one
   * half.
   *
   * @return 0 if even the least confident ones are; 1 if none are
   */
  public static double mostlyRightFrom(List<Judged> all) {
    List<Judged> sorted = sorted(all);
    // From the greatest confidence down, blocks whose shares of right ones descend.
    List<Block> blocks = new ArrayList<>();
    for (int from = 0; from < sorted.size(); ) {
      Block block = new Block(sorted.get(from).confidence(), 0, 0);
      for (; from < sorted.size() && sorted.get(from).confidence() == block.least; from++) {
        block = block.plus(block.least, 1, sorted.get(from).right() ? 1 : 0);
      }
      while (!blocks.isEmpty() && blocks.get(blocks.size() - 1).share() <= block.share()) {
        Block above = blocks.remove(blocks.size() - 1);
        block = above.plus(block.least, block.items, block.rights);
      }
      blocks.add(block);
    }
    double least = 1;
    for (Block block : blocks) {
      if (block.share() <= 0.5) {
        return least;
      }
      least = block.least;
    }
    return blocks.isEmpty() ? 1 : 0;
  }

  /** Neighbours in confidence. */
  private record Block(double least, int items, int rights) {
    double share() {
      return (double) rights / items;
    }

    Block plus(double lower, int more, int moreRights) {
      return new Block(lower, items + more, rights + moreRights);
    }
  }

  private static List<Judged> sorted(List<Judged> all) {
    return all.stream().sorted(Comparator.comparingDouble(Judged::confidence).reversed()).toList();
  }

  /** How many of the first 1, 2, … are wrong, with equal ones interpolated. */
  private static double[] wrong(List<Judged> sorted) {
    double[] wrong = new double[sorted.size()];
    double above = 0;
    for (int from = 0; from < sorted.size(); ) {
      int to = from;
      int errors = 0;
      while (to < sorted.size() && sorted.get(to).confidence() == sorted.get(from).confidence()) {
        errors += sorted.get(to).right() ? 0 : 1;
        to++;
      }
      for (int i = from; i < to; i++) {
        wrong[i] = above + (double) errors * (i + 1 - from) / (to - from);
      }
      above += errors;
      from = to;
    }
    return wrong;
  }
}
