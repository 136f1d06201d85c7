package io.gemoclap.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelsTest {
  private static final PromptTemplates TEMPLATES = new PromptTemplates(List.of("a {} voice"));

  private static String refusal(String commaSeparated) {
    return assertThrows(IllegalArgumentException.class, () -> Labels.parse(commaSeparated))
        .getMessage();
  }

  @Test
  void labelsKeepTheirOrderAndLoseTheirMargins() {
    assertEquals(List.of("very angry", "calm"), Labels.parse(" very angry ,calm").labels());
  }

  @Test
  void anEmptyLabelIsRejected() {
    assertTrue(refusal("angry,,calm").contains("an empty label"));
    assertTrue(refusal("angry,calm,").contains("an empty label"));
    assertTrue(refusal("").contains("an empty label"));
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
    Labels labels = Labels.parse("angry,calm");
    assertEquals(8, labels.id(TEMPLATES).length());
    assertEquals(labels.id(TEMPLATES), Labels.parse(" angry , calm ").id(TEMPLATES));
    assertNotEquals(labels.id(TEMPLATES), Labels.parse("calm,angry").id(TEMPLATES));
    assertNotEquals(labels.id(TEMPLATES), labels.id(new PromptTemplates(List.of("{}"))));
  }

  @ParameterizedTest
  @MethodSource("spellingsOfOneLabel")
  void twoSpellingsOfALabelAreRejectedAsARepetitionIs(String one, String other) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Labels(List.of(one, "calm", other)))
            .getMessage();
    assertTrue(message.contains("'" + one + "' and '" + other + "' are one label"), message);
  }

  static Stream<Arguments> spellingsOfOneLabel() {
    return Stream.of(
        Arguments.of("Angry", "angry"),
        Arguments.of("ÄNGSTLICH", "ängstlich"),
        Arguments.of("\u00e4ngstlich", "a\u0308ngstlich"),
        Arguments.of("very angry", "very  angry"),
        Arguments.of("very angry", "very\u00a0angry"),
        Arguments.of("angry", "an\u200bgry"),
        Arguments.of("angry", "\ufeffangry"),
        Arguments.of("angry", "\uff41\uff4e\uff47\uff52\uff59"),
        Arguments.of("groß", "GROSS"),
        Arguments.of("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        Arguments.of("ﬁne", "fine"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200b", "\u00a0", "\u3000 "})
  void aLabelOfInvisibleCharactersIsEmpty(String label) {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> new Labels(List.of("calm", label)))
            .getMessage()
            .contains("an empty label"));
  }

  @Test
  void labelsThatDifferInALetterOrAnAccentAreTwo() {
    assertEquals(3, new Labels(List.of("sad", "säd", "sat")).labels().size());
  }
}
