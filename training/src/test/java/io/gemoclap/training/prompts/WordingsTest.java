package io.gemoclap.training.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordingsTest {
  private static final List<String> LABELS =
      List.of("anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness");
  private static final int PUBLISHED = 461_062_907;
  private static final int DRAWS = 3_000;

  private final Wordings wordings = Wordings.load();

  private Set<String> drawn(String label, Gender gender) {
    SplittableRandom random = new SplittableRandom(5);
    Set<String> sentences = new HashSet<>();
    for (int i = 0; i < DRAWS; i++) {
      sentences.add(wordings.draw(label, gender, random).toLowerCase(Locale.ROOT));
    }
    return sentences;
  }

  private static boolean says(String sentence, String word) {
    return Pattern.compile(
            "(?<![\\p{L}-])" + Pattern.quote(word.toLowerCase(Locale.ROOT)) + "(?![\\p{L}-])")
        .matcher(sentence)
        .find();
  }

  @ParameterizedTest
  @ValueSource(strings = {"anger", "boredom", "disgust", "fear", "happiness", "neutral", "sadness"})
  void everyKnownWordIsDrawnAndNoHeldOutOneEver(String label) {
    Set<String> sentences = drawn(label, null);
    for (String word : wordings.known(label)) {
      assertTrue(sentences.stream().anyMatch(s -> says(s, word)), word + " is never drawn");
    }
    for (String word : wordings.heldOut(label)) {
      assertFalse(sentences.stream().anyMatch(s -> says(s, word)), word + " is drawn");
    }
  }

  @Test
  void everyLabelIsItsOwnFirstWordAndHasWordsHeldOut() {
    for (String label : LABELS) {
      assertEquals(label, wordings.known(label).get(0));
      assertTrue(wordings.known(label).size() >= 10, label);
      assertTrue(wordings.heldOut(label).size() >= 5, label);
    }
  }

  @Test
  void heldOutWordsAreUnknownToTheTokenizersSentencesToo() {
    List<String> sentences =
        wordings.sentences(LABELS).stream().map(s -> s.toLowerCase(Locale.ROOT)).toList();
    for (String label : LABELS) {
      for (String word : wordings.heldOut(label)) {
        assertFalse(sentences.stream().anyMatch(s -> says(s, word)), word);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anger,boredom,disgust,fear,happiness,neutral,sadness",
        "anger,calm,contempt,disgust,fear,frustration,happiness,neutral,sadness,surprise"
      })
  void noWordBelongsToTwoLabels(String labels) {
    List<String> all = List.of(labels.split(",", -1));
    Wordings among = wordings.among(all);
    Set<String> seen = new HashSet<>();
    for (String label : all) {
      assertEquals(label, among.known(label).get(0));
      assertTrue(among.known(label).size() >= 10 && among.heldOut(label).size() >= 5, label);
      Set<String> own = new HashSet<>(among.known(label));
      own.addAll(among.heldOut(label));
      own.forEach(word -> assertTrue(seen.add(word.toLowerCase(Locale.ROOT)), word));
    }
  }

  @Test
  void aSharedWordGoesToTheNarrowerLabel() {
    Wordings both = wordings.among(List.of("calm", "neutral"));
    assertTrue(both.known("calm").contains("ruhig"));
    assertFalse(both.known("neutral").contains("ruhig"));
    assertTrue(both.heldOut("calm").contains("calmly"));
    assertFalse(both.heldOut("neutral").contains("calmly"));
    assertTrue(wordings.among(List.of("neutral")).known("neutral").contains("ruhig"));
    assertThrows(IllegalArgumentException.class, () -> both.known("anger"));
  }

  /** The tokenizer is learnt from exactly these, in this order, before the teacher's texts. */
  @Test
  void furtherLabelsChangeNothingForThoseOfEmoDb() {
    List<String> sentences = wordings.among(LABELS).sentences(LABELS);
    assertEquals(359, sentences.size());
    assertEquals(PUBLISHED, String.join("\n", sentences).hashCode());
    for (String label : LABELS) {
      assertEquals(wordings.known(label), wordings.among(LABELS).known(label));
      assertEquals(wordings.heldOut(label), wordings.among(LABELS).heldOut(label));
    }
    assertFalse(sentences.contains("frustration"));
    assertThrows(IllegalArgumentException.class, () -> wordings.sentences(List.of("hunger")));
  }

  @Test
  void sentencesAreFilledIn() {
    for (Gender gender : new Gender[] {null, Gender.FEMALE, Gender.MALE}) {
      drawn("fear", gender).forEach(s -> assertFalse(s.contains("{") || s.contains("}"), s));
    }
    wordings.sentences(LABELS).forEach(s -> assertFalse(s.contains("{") || s.contains("}"), s));
  }

  @Test
  void genderIsNamedOnlyWhenAskedFor() {
    List<String> female = List.of("female", "weiblich", "weibliche");
    List<String> male = List.of("male", "männlich", "männliche");
    drawn("anger", Gender.FEMALE)
        .forEach(s -> assertTrue(female.stream().anyMatch(w -> says(s, w)), s));
    drawn("anger", Gender.MALE)
        .forEach(s -> assertTrue(male.stream().anyMatch(w -> says(s, w)), s));
    drawn("anger", null)
        .forEach(
            s -> {
              assertFalse(female.stream().anyMatch(w -> says(s, w)), s);
              assertFalse(male.stream().anyMatch(w -> says(s, w)), s);
            });
  }

  @Test
  void theSeedDecidesTheSentence() {
    assertEquals(
        wordings.draw("fear", null, new SplittableRandom(8)),
        Wordings.load().draw("fear", null, new SplittableRandom(8)));
  }

  @Test
  void anUnknownLabelIsRejectedWithTheKnownOnes() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> wordings.draw("hunger", null, new SplittableRandom(1)))
            .getMessage();
    assertTrue(message.contains("'hunger'") && message.contains("happiness"), message);
  }

  @Test
  void genderPromptsNameEachGenderWithEachLabel() {
    var prompts = wordings.genderPrompts(LABELS);
    assertEquals(List.of("female", "male"), List.copyOf(prompts.keySet()));
    for (String label : LABELS) {
      assertTrue(prompts.get("female").stream().anyMatch(s -> says(s, label)), label);
      assertTrue(prompts.get("male").stream().anyMatch(s -> says(s, label)), label);
    }
    prompts.get("male").forEach(s -> assertTrue(says(s, "male") && !says(s, "female"), s));
  }

  @Test
  void defaultTemplatesHaveOneSlotEach() {
    wordings.defaultTemplates().forEach(t -> assertEquals(2, t.split("\\{}", -1).length, t));
  }
}
