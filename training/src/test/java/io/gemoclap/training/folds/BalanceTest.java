package io.gemoclap.training.folds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class BalanceTest {
  private final SortedMap<String, List<Utterance>> groups = new TreeMap<>();

  private void add(String group, Gender gender, String label, int times) {
    for (int i = 0; i < times; i++) {
      String id = group + label + i;
      groups
          .computeIfAbsent(group, key -> new ArrayList<>())
          .add(Utterance.of(id, id).speaker(group).gender(gender).label(label, label).build());
    }
  }

  private Set<List<String>> parts(int k, long seed) {
    return new HashSet<>(Balance.deal(groups, k, seed));
  }

  /** No two groups have anything in common, so that one part would do for all of them. */
  @Test
  void noPartStaysEmpty() {
    add("a", Gender.MALE, "anger", 3);
    add("b", Gender.FEMALE, "calm", 2);
    assertEquals(Set.of(List.of("a"), List.of("b")), parts(2, 1));
    add("c", Gender.UNKNOWN, "fear", 1);
    assertEquals(Set.of(List.of("a", "b"), List.of("c")), parts(2, 1));
  }

  @Test
  void labelsAreSpreadOverTheParts() {
    for (String name : List.of("a", "b")) {
      add(name, Gender.MALE, "anger", 4);
    }
    for (String name : List.of("c", "d")) {
      add(name, Gender.MALE, "calm", 4);
    }
    for (long seed = 0; seed < 10; seed++) {
      for (List<String> part : Balance.deal(groups, 2, seed)) {
        assertEquals(1, part.stream().filter(name -> List.of("a", "b").contains(name)).count());
      }
    }
  }

  /** Each man counts once, however many utterances he has. */
  @Test
  void gendersAreSpreadOverTheParts() {
    add("a", Gender.MALE, "anger", 5);
    add("b", Gender.MALE, "calm", 4);
    add("c", Gender.FEMALE, "fear", 3);
    add("d", Gender.FEMALE, "joy", 2);
    for (List<String> part : parts(2, 1)) {
      assertEquals(1, part.stream().filter(name -> List.of("a", "b").contains(name)).count());
    }
  }

  /** One man is in each part when c is dealt, so that the first part gets him. */
  @Test
  void aManCountsOnceHoweverMuchHeSays() {
    add("a", Gender.MALE, "anger", 10);
    add("b", Gender.MALE, "calm", 3);
    add("c", Gender.MALE, "fear", 2);
    assertEquals(List.of(List.of("a", "c"), List.of("b")), Balance.deal(groups, 2, 1));
  }

  /** Of anger, c adds 5 of 12 to the 7 of b; of calm, only 1 of 20 to the 19 of a. */
  @Test
  void aGroupGoesWhereMostOfItsLabelsAreMissing() {
    add("a", Gender.UNKNOWN, "calm", 19);
    add("b", Gender.UNKNOWN, "anger", 7);
    add("c", Gender.UNKNOWN, "anger", 5);
    add("c", Gender.UNKNOWN, "calm", 1);
    assertEquals(Set.of(List.of("a", "c"), List.of("b")), parts(2, 1));
  }

  /** Of anger, c has half of all, and of calm a tenth, though these are more utterances. */
  @Test
  void labelsCountByTheirShareOfTheCorpus() {
    add("a", Gender.UNKNOWN, "calm", 90);
    add("b", Gender.UNKNOWN, "anger", 2);
    add("b", Gender.UNKNOWN, "joy", 20);
    add("c", Gender.UNKNOWN, "anger", 2);
    add("c", Gender.UNKNOWN, "calm", 10);
    assertEquals(Set.of(List.of("a", "c"), List.of("b")), parts(2, 1));
  }

  /** Large groups first: 4 on one side, then 3, 2 and 1 to even them out. */
  @Test
  void smallGroupsEvenOutTheLargeOnes() {
    add("a1", Gender.UNKNOWN, "anger", 1);
    add("b2", Gender.UNKNOWN, "anger", 2);
    add("c3", Gender.UNKNOWN, "anger", 3);
    add("d4", Gender.UNKNOWN, "anger", 4);
    for (long seed = 0; seed < 10; seed++) {
      assertEquals(Set.of(List.of("a1", "d4"), List.of("b2", "c3")), parts(2, seed));
    }
  }

  @Test
  void theSeedAloneDecidesTheOrder() {
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    assertEquals(Balance.shuffled(names, 1), Balance.shuffled(names, 1));
    assertNotEquals(Balance.shuffled(names, 1), Balance.shuffled(names, 2));
    Set<String> first = new HashSet<>();
    Set<String> last = new HashSet<>();
    for (long seed = 0; seed < 200; seed++) {
      List<String> order = Balance.shuffled(names, seed);
      assertEquals(Set.copyOf(names), Set.copyOf(order));
      first.add(order.get(0));
      last.add(order.get(7));
    }
    assertEquals(Set.copyOf(names), first);
    assertEquals(Set.copyOf(names), last);
  }
}
