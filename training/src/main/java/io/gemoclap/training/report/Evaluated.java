package io.gemoclap.training.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a finished bundle was evaluated on, and what became of all that the corpus names: {@code
 * utterances} are {@code judged}, in {@code excludedLabels} or in {@code failures}.
 *
 * @param model URI of the bundle
 * @param modelId its id
 * @param trainedOn the corpus that the bundle was trained on, as it says; empty if unknown
 * @param corpus the corpus as it was given: {@code <kind>:<folder or file>}
 * @param utterances number of utterances, and of rows or files that cannot be used
 * @param judged number of utterances with a result
 * @param excludedLabels labels of the corpus that the bundle lacks, and their numbers
 * @param unusedLabels labels of the bundle that no utterance has
 * @param failures kinds of failures and their numbers
 * @param synonyms pairs that the user declared, a word to its meaning
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evaluated(
    String model,
    String modelId,
    String trainedOn,
    String corpus,
    int utterances,
    int judged,
    Map<String, Integer> excludedLabels,
    List<String> unusedLabels,
    Map<String, Integer> failures,
    Map<String, String> synonyms) {

  /** Copies what it holds; what a file leaves out is empty. */
  public Evaluated {
    trainedOn = trainedOn == null ? "" : trainedOn;
    excludedLabels = sorted(excludedLabels);
    unusedLabels = unusedLabels == null ? List.of() : List.copyOf(unusedLabels);
    failures = sorted(failures);
    synonyms = sorted(synonyms);
  }

  private static <T> Map<String, T> sorted(Map<String, T> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }

  /** Excluded labels with their numbers, as {@code surprise (176)}; "none" without any. */
  public String excludedInWords() {
    return inWords(excludedLabels);
  }

  /** Kinds of failures with their numbers; "none" without any. */
  public String failuresInWords() {
    return inWords(failures);
  }

  /** Labels of the bundle that no utterance has; "none" without any. */
  public String unusedInWords() {
    return unusedLabels.isEmpty() ? "none" : String.join(", ", unusedLabels);
  }

  private static String inWords(Map<String, Integer> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .collect(Collectors.joining(", "));
  }

  /** Number of utterances with excluded labels. */
  public int excluded() {
    return excludedLabels.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Number of failures. */
  public int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether the corpus has the name of the one that the bundle was trained on. */
  public boolean isTrainedOn(String corpusName) {
    return trainedOn.equalsIgnoreCase(corpusName);
  }
}
