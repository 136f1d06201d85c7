package io.gemoclap.corrections;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One word for all labels of the same meaning, so that people may write "happy" where the model
 * says "happiness". Agreement and estimates both count labels as this class does. The model's own
 * spelling is used where it has a word of that meaning. If two of the model's labels mean the same,
 * no two words do: the model tells them apart. Immutable.
 */
public final class Meanings {
  private final UnaryOperator<String> synonyms;
  private final Map<String, String> spelled = new TreeMap<>();

  /**
   * Makes them.
   *
   * @param labels all labels of the model, whether a segment is shown with them or not
   * @param synonyms one word for all words of a meaning
   */
  public Meanings(Collection<String> labels, UnaryOperator<String> synonyms) {
    Set<String> meanings = new HashSet<>();
    Set<String> folded = new HashSet<>();
    for (String label : labels) {
      folded.add(fold(label));
      meanings.add(synonyms.apply(fold(label)));
    }
    this.synonyms = meanings.size() < folded.size() ? UnaryOperator.identity() : synonyms;
    for (String label : labels) {
      spelled.put(this.synonyms.apply(fold(label)), label);
    }
  }

  /** What a label means. */
  public String of(String label) {
    String meaning = synonyms.apply(fold(label));
    return spelled.getOrDefault(meaning, meaning);
  }

  private static String fold(String label) {
    return label.strip().toLowerCase(Locale.ROOT);
  }
}
