package io.gemoclap.training.folds;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.training.corpus.Utterance;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClassesTest {
  /** One utterance of each label. */
  private static List<Utterance> part(String labels) {
    return Arrays.stream(labels.split(" "))
        .filter(label -> !label.isEmpty())
        .map(label -> Utterance.of(label, label + ".wav").label(label, label).build())
        .toList();
  }

  private static void check(String train, String test) {
    Classes.check(
        new Folds("test", false, false, 0, List.of(new Fold("f", part(train), part(test)))));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', learns from nothing",
    "anger calm, '', is tested on nothing",
    "anger, anger, learns from one class only: [anger]",
    "anger calm, anger, is tested on one class only: [anger]",
    "anger, anger calm, has no utterance of [calm] to learn from"
  })
  void aFoldThatCannotBeJudgedIsNamed(String train, String test, String problem) {
    assertEquals(
        "Fold f " + problem,
        assertThrows(IllegalArgumentException.class, () -> check(train, test)).getMessage());
  }

  @Test
  void twoClassesAreEnough() {
    assertDoesNotThrow(() -> check("anger calm", "anger calm"));
    assertDoesNotThrow(() -> check("anger calm fear", "anger calm"));
  }
}
