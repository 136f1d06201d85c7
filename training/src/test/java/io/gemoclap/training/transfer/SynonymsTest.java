package io.gemoclap.training.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SynonymsTest {

  @ParameterizedTest
  @CsvSource({
    "joy, happiness",
    "Happy, happiness",
    "angry, anger",
    "SAD, sadness",
    "calm, calm",
    "neutral, neutral",
    "pride, pride"
  })
  void commonWordsHaveOneMeaningAndOthersTheirOwn(String label, String meaning) {
    assertEquals(meaning, Synonyms.common().meaning(label));
  }

  @Test
  void declaredPairsComeFirstAndHoldForTheSynonymsOfTheirWord() {
    Synonyms synonyms = Synonyms.with(List.of("calm=neutral", "glee=joy", "Excited = surprise"));
    assertEquals("neutral", synonyms.meaning("calm"));
    assertEquals("neutral", synonyms.meaning("calmness"));
    assertEquals("happiness", synonyms.meaning("Glee"), "a declared meaning may be a common word");
    assertEquals("surprise", synonyms.meaning("excited"));
    assertEquals("happiness", synonyms.meaning("happy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"calm", "calm=", "=neutral", "a=b=c"})
  void refusesWhatIsNoPair(String pair) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Synonyms.with(List.of(pair)));
    assertTrue(refused.getMessage().contains("'" + pair + "'"), refused.getMessage());
  }

  @Test
  void refusesAWordWithTwoMeanings() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Synonyms.with(List.of("calm=neutral", "Calm=boredom")));
  }
}
