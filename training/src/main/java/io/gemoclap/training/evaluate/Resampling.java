package io.gemoclap.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A way to draw items anew, with replacement. Immutable and thread-safe. */
public abstract sealed class Resampling {
  private final int[][] groups;

  private Resampling(int[] groupOfItem) {
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < groupOfItem.length; i++) {
      members.computeIfAbsent(groupOfItem[i], group -> new ArrayList<>()).add(i);
    }
    groups =
        members.values().stream()
            .map(items -> items.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
  }

  /**
   * Draws items within each class, as many as it has: every resample has the class sizes of the
   * original. Says how far the score would move with other utterances of the same speakers.
   *
   * @param truths class of each item
   */
  public static Resampling withinClasses(int[] truths) {
    return new WithinGroups(truths);
  }

  /**
   * Draws whole groups (speakers), as many as there are, with all of their items: sizes of classes
   * and of the resample vary. Says how far the score would move with other speakers.
   *
   * @param groupOfItem group of each item
   * @throws IllegalArgumentException with fewer than two groups
   */
  public static Resampling ofGroups(int[] groupOfItem) {
    Resampling resampling = new WholeGroups(groupOfItem);
    if (resampling.groups.length < 2) {
      throw new IllegalArgumentException("Resampling whole groups needs at least two of them");
    }
    return resampling;
  }

  /** Indices of one resample, in no useful order. */
  abstract int[] draw(SplittableRandom random);

  private static final class WithinGroups extends Resampling {
    WithinGroups(int[] groupOfItem) {
      super(groupOfItem);
    }

    @Override
    int[] draw(SplittableRandom random) {
      int[] drawn = new int[Arrays.stream(super.groups).mapToInt(group -> group.length).sum()];
      int next = 0;
      for (int[] group : super.groups) {
        for (int i = 0; i < group.length; i++) {
          drawn[next++] = group[random.nextInt(group.length)];
        }
      }
      return drawn;
    }
  }

  private static final class WholeGroups extends Resampling {
    WholeGroups(int[] groupOfItem) {
      super(groupOfItem);
    }

    @Override
    int[] draw(SplittableRandom random) {
      int[][] chosen = new int[super.groups.length][];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = super.groups[random.nextInt(chosen.length)];
      }
      return Arrays.stream(chosen).flatMapToInt(Arrays::stream).toArray();
    }
  }
}
