package io.gemoclap.training.adapt;

import io.gemoclap.training.transfer.Synonyms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The labels of an adapted model, and which words mean them. Immutable.
 *
 * @param labels in the order of every output
 * @param byMeaning the label by its meaning
 * @param synonyms decide the meaning
 */
public record AdaptedLabels(List<String> labels, Map<String, String> byMeaning, Synonyms synonyms) {

  /**
   * The labels.
   *
   * @throws IllegalArgumentException if there are fewer than two, or two mean the same
   */
  public static AdaptedLabels of(List<String> labels, Synonyms synonyms) {
    if (labels.size() < 2) {
      throw new IllegalArgumentException("A model needs two labels or more, not " + labels.size());
    }
    Map<String, String> byMeaning = new LinkedHashMap<>();
    for (String label : labels) {
      String same = byMeaning.putIfAbsent(synonyms.meaning(label), label);
      if (same != null) {
        throw new IllegalArgumentException(
            "The labels '%s' and '%s' mean the same: choose one of them with --labels"
                .formatted(same, label));
      }
    }
    return new AdaptedLabels(List.copyOf(labels), Map.copyOf(byMeaning), synonyms);
  }

  /** The label that means the same as a word; empty if there is none. */
  public Optional<String> of(String word) {
    return Optional.ofNullable(byMeaning.get(synonyms.meaning(word)));
  }
}
