package io.gemoclap.training.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeldOutWordsTest {
  private static final Wordings ALL = Wordings.load();

  /** Labels and their oldest synonyms, of which an inflection was held out from the start. */
  private static final Set<String> OLDER_THAN_THE_RULE =
      new TreeSet<>(
          Set.of(
              "anger",
              "aggressiv",
              "bored",
              "disgust",
              "disgusted",
              "delighted",
              "Trauer",
              "frustrated",
              "exasperated",
              "surprise",
              "surprised"));

  @ParameterizedTest
  @ValueSource(strings = {"loathe", "loathed", "they are loathing it", "Worried Sick", "kicked"})
  void aTextWithAHeldOutWordOrPhraseTouchesIt(String text) {
    assertTrue(new HeldOutWords(List.of("loathing", "worried sick", "kick")).touchedBy(text), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"loaf", "worried", "sick and worried", "sick", "kicker's", "", "kin"})
  void otherTextsDoNot(String text) {
    assertFalse(
        new HeldOutWords(List.of("loathing", "worried sick", "kick")).touchedBy(text), text);
  }

  @Test
  void germanEndingsCount() {
    HeldOutWords held = new HeldOutWords(List.of("grimmig", "grollend", "Sorge"));
    assertTrue(held.touchedBy("ein grimmiger Blick"));
    assertTrue(held.touchedBy("Groll"));
    assertTrue(held.touchedBy("die Sorgen"));
    assertFalse(held.touchedBy("Grimm und sorglos"));
  }

  @Test
  void doubledLettersAndLostOnesCount() {
    assertTrue(HeldOutWords.stems("bored").contains("bore"));
    assertTrue(HeldOutWords.stems("hugging").contains("hugg"));
    assertTrue(HeldOutWords.stems("stunned").contains("stun"));
    assertTrue(HeldOutWords.stems("worries").contains("worry"));
    assertEquals(Set.of("sad"), HeldOutWords.stems("sad"));
  }

  @Test
  void noWordOfTrainingContainsAHeldOutOneOrAnInflectionOfIt() {
    List<String> held = new ArrayList<>();
    ALL.labels().forEach(label -> held.addAll(ALL.heldOut(label)));
    HeldOutWords words = new HeldOutWords(held);
    Set<String> touching = new TreeSet<>();
    for (String label : ALL.labels()) {
      ALL.known(label).stream().filter(words::touchedBy).forEach(touching::add);
    }
    assertEquals(OLDER_THAN_THE_RULE, touching);
  }

  @Test
  void eachLabelOfEmoDbHasManyWordsHeldOutInBothLanguages() {
    for (String label :
        List.of("anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness")) {
      for (String language : List.of("en", "de")) {
        assertTrue(ALL.heldOut(label, language).size() >= 12, label + " " + language);
        assertTrue(
            ALL.heldOut(label, language).stream().anyMatch(text -> text.contains(" ")), label);
      }
    }
  }
}
