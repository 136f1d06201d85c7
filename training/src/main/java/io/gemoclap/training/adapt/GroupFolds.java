package io.gemoclap.training.adapt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Splits clips into parts that share no group, so that each can be judged without the others. */
final class GroupFolds {
  private GroupFolds() {}

  /**
   * Splits clips into parts of about equal size: the largest groups first, each into the smallest
   * part.
   *
   * @param most most parts
   * @return for each clip, the number of its part; as many parts as groups if these are fewer
   */
  static int[] of(List<Clip> clips, int most) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < clips.size(); i++) {
      groups.computeIfAbsent(clips.get(i).group(), name -> new ArrayList<>()).add(i);
    }
    int[] sizes = new int[Math.min(most, groups.size())];
    int[] parts = new int[clips.size()];
    groups.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<String, List<Integer>> g) -> -g.getValue().size())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            group -> {
              int smallest = 0;
              for (int part = 1; part < sizes.length; part++) {
                smallest = sizes[part] < sizes[smallest] ? part : smallest;
              }
              sizes[smallest] += group.getValue().size();
              for (int clip : group.getValue()) {
                parts[clip] = smallest;
              }
            });
    return parts;
  }
}
