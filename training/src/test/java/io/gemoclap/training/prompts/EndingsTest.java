package io.gemoclap.training.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EndingsTest {
  private static final int DRAWS = 2_000;

  private static Set<String> drawn(String text, String heldOut) {
    Endings endings = new Endings(new HeldOutWords(List.of(heldOut)));
    SplittableRandom random = new SplittableRandom(3);
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < DRAWS; i++) {
      texts.add(endings.vary(text, random));
    }
    return texts;
  }

  @Test
  void onlyTheEndOfTheLastWordChanges() {
    Set<String> texts = drawn("very cheerful", "none");
    assertTrue(texts.containsAll(Set.of("very cheerful", "very cheerfuly", "very cheering")), "");
    texts.forEach(text -> assertTrue(text.startsWith("very cheer"), text));
  }

  @Test
  void fourLettersRemain() {
    assertEquals(Set.of("glad", "so glad"), union(drawn("glad", "none"), drawn("so glad", "none")));
    drawn("happy", "none").forEach(text -> assertTrue(text.startsWith("happ"), text));
  }

  @Test
  void aHeldOutWordIsNeverMade() {
    assertTrue(drawn("joyful", "none").contains("joyfness"));
    assertTrue(drawn("cheerful", "none").contains("cheery"));
    assertFalse(drawn("cheerful", "cheery").contains("cheery"));
    assertFalse(drawn("cheerful", "cheer").contains("cheering"));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    return all;
  }
}
