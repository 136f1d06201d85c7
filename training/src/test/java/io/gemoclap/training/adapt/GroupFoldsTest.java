package io.gemoclap.training.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GroupFoldsTest {

  @Test
  void noGroupIsInTwoPartsAndPartsAreOfAboutEqualSize() {
    List<Clip> clips = new ArrayList<>();
    int[] sizes = {1, 7, 2, 5, 3, 4, 1, 1};
    for (int group = 0; group < sizes.length; group++) {
      for (int i = 0; i < sizes[group]; i++) {
        clips.add(Clips.clip(group + "-" + i, "speaker " + group, "anger", 0));
      }
    }
    int[] parts = GroupFolds.of(clips, 3);
    Map<String, Integer> partOf = new HashMap<>();
    int[] counts = new int[3];
    for (int i = 0; i < parts.length; i++) {
      Integer before = partOf.put(clips.get(i).group(), parts[i]);
      assertEquals(before == null ? parts[i] : before, parts[i], clips.get(i).group());
      counts[parts[i]]++;
    }
    assertArrayEquals(new int[] {8, 8, 8}, counts);
  }

  @Test
  void fewerGroupsThanPartsGiveAPartEach() {
    List<Clip> clips =
        List.of(
            Clips.clip("a", "one", "anger", 0),
            Clips.clip("b", "two", "anger", 0),
            Clips.clip("c", "one", "anger", 0));
    assertArrayEquals(new int[] {0, 1, 0}, GroupFolds.of(clips, 5));
  }
}
