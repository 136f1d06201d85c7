package io.gemoclap.training.transfer;

import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The labels by which a bundle can be judged on a corpus: those that mean the same as a label of an
 * utterance. Immutable.
 *
 * @param labels as the bundle words them, in its order
 * @param unused labels of the bundle that no utterance has
 * @param excluded labels of the corpus that the bundle does not have, and how many utterances have
 *     them
 * @param byMeaning label of the bundle by its meaning; those in common only
 * @param synonyms decide the meaning
 */
public record LabelsInCommon(
    List<String> labels,
    List<String> unused,
    Map<String, Integer> excluded,
    Map<String, String> byMeaning,
    Synonyms synonyms) {

  /**
   * Compares the labels of both sides. Those that the corpus's reader leaves out, or does not know,
   * count among the excluded ones, unless synonyms give an unknown one a meaning of the bundle's.
   *
   * @param offered labels of the bundle
   * @throws IllegalArgumentException when two of them mean the same, or fewer than two are in
   *     common
   */
  public static LabelsInCommon of(List<String> offered, Corpus corpus, Synonyms synonyms) {
    Map<String, String> byMeaning = new LinkedHashMap<>();
    for (String label : offered) {
      String same = byMeaning.putIfAbsent(synonyms.meaning(label), label);
      if (same != null) {
        throw new IllegalArgumentException(
            "The labels '%s' and '%s' mean the same: choose one of them with --labels"
                .formatted(same, label));
      }
    }
    Map<String, Integer> excluded = new TreeMap<>(corpus.leftOut());
    Set<String> present =
        utterances(corpus).map(u -> meaning(u, synonyms)).collect(Collectors.toSet());
    byMeaning.keySet().retainAll(present);
    utterances(corpus)
        .filter(utterance -> !byMeaning.containsKey(meaning(utterance, synonyms)))
        .forEach(utterance -> excluded.merge(name(utterance), 1, Integer::sum));
    List<String> labels = List.copyOf(byMeaning.values());
    if (labels.size() < 2) {
      throw new IllegalArgumentException(
          ("The model has %s label in common with the corpus %s, but two are needed. Its labels"
                  + " are %s; those of the corpus %s. Offer others with --labels, or declare"
                  + " synonyms with --synonyms")
              .formatted(
                  labels.isEmpty() ? "no" : "only one",
                  corpus.name(),
                  String.join(", ", offered),
                  utterances(corpus)
                      .map(LabelsInCommon::name)
                      .distinct()
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    List<String> unused = new ArrayList<>(offered);
    unused.removeAll(labels);
    return new LabelsInCommon(labels, List.copyOf(unused), excluded, byMeaning, synonyms);
  }

  /** All utterances of a corpus, whether its label map knows their labels or not. */
  static Stream<Utterance> utterances(Corpus corpus) {
    return Stream.concat(
        corpus.utterances().stream(), corpus.unmapped().stream().map(Corpus.Unmapped::utterance));
  }

  /** The bundle's word for the label of an utterance; empty where the label is excluded. */
  public Optional<String> truth(Utterance utterance) {
    return Optional.ofNullable(byMeaning.get(meaning(utterance, synonyms)));
  }

  private static String meaning(Utterance utterance, Synonyms synonyms) {
    return synonyms.meaning(name(utterance));
  }

  private static String name(Utterance utterance) {
    return utterance.emotion().isEmpty() ? utterance.rawLabel() : utterance.emotion();
  }
}
