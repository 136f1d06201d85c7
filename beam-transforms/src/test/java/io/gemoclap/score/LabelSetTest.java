package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LabelSetTest {
  private static final PromptTemplates TEMPLATES = new PromptTemplates(List.of("a {} voice"));

  private static String refusal(String commaSeparated) {
    return assertThrows(IllegalArgumentException.class, () -> LabelSet.parse(commaSeparated))
        .getMessage();
  }

  @Test
  void labelsKeepTheirOrderAndLoseTheirMargins() {
    assertEquals(List.of("very angry", "calm"), LabelSet.parse(" very angry ,calm").labels());
  }

  @Test
  void anEmptyLabelIsRefused() {
    assertTrue(refusal("angry,,calm").contains("an empty one"));
    assertTrue(refusal("angry,calm,").contains("an empty one"));
    assertTrue(refusal("").contains("an empty one"));
  }

  @Test
  void aRepeatedLabelIsNamed() {
    assertEquals("Label 'calm' is given twice", refusal("calm,angry, calm "));
  }

  @Test
  void aSingleLabelLeavesNothingToChoose() {
    assertTrue(refusal("angry").contains("give two or more"));
  }

  @Test
  void idDependsOnLabelsOrderAndTemplates() {
    LabelSet labels = LabelSet.parse("angry,calm");
    assertEquals(8, labels.id(TEMPLATES).length());
    assertEquals(labels.id(TEMPLATES), LabelSet.parse(" angry , calm ").id(TEMPLATES));
    assertNotEquals(labels.id(TEMPLATES), LabelSet.parse("calm,angry").id(TEMPLATES));
    assertNotEquals(labels.id(TEMPLATES), labels.id(new PromptTemplates(List.of("{}"))));
  }
}
