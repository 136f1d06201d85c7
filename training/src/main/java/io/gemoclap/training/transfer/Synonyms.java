package io.gemoclap.training.transfer;

import io.gemoclap.training.corpus.LabelMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which words mean the same emotion, declared before anything is measured: the words of the label
 * map {@code common}, such as "happy" and "joy" for happiness, and pairs that the user adds or
 * changes. Compared without regard to case. Immutable.
 *
 * @param declared the user's pairs, a word in lower case to what it means
 */
public record Synonyms(Map<String, String> declared) {
  private static final LabelMap COMMON = LabelMap.common();

  /** Copies the pairs. */
  public Synonyms {
    Map<String, String> folded = new TreeMap<>();
    declared.forEach((word, meaning) -> folded.put(fold(word), fold(meaning)));
    declared = Map.copyOf(folded);
  }

  /** The common words alone. */
  public static Synonyms common() {
    return new Synonyms(Map.of());
  }

  /**
   * The common words and further pairs, such as {@code calm=neutral}, which take precedence.
   *
   * @throws IllegalArgumentException when a pair has no word, or nothing that it means
   */
  public static Synonyms with(Iterable<String> pairs) {
    Map<String, String> declared = new TreeMap<>();
    for (String pair : pairs) {
      String[] sides = pair.split("=", -1);
      if (sides.length != 2 || sides[0].isBlank() || sides[1].isBlank()) {
        throw new IllegalArgumentException(
            "'" + pair + "' is not a pair <word>=<meaning>, such as calm=neutral");
      }
      if (declared.put(fold(sides[0]), sides[1]) != null) {
        throw new IllegalArgumentException("The word '" + sides[0].strip() + "' is given twice");
      }
    }
    return new Synonyms(declared);
  }

  /**
   * What a label means: one word for all of its synonyms. A word without synonyms means itself.
   * With {@code calm=neutral}, "calm" and its common synonym "calmness" both mean neutral.
   */
  public String meaning(String label) {
    String word = fold(label);
    String common = common(word);
    String declaredMeaning = declared.getOrDefault(word, declared.get(common));
    return declaredMeaning == null ? common : common(declaredMeaning);
  }

  private static String common(String word) {
    String meaning = COMMON.map(word);
    return meaning == null ? word : meaning;
  }

  private static String fold(String word) {
    return word.strip().toLowerCase(Locale.ROOT);
  }
}
