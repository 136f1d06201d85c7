package io.gemoclap.training.report;

import java.util.stream.Collectors;

/**
 * What a bundle was evaluated on, as the words of a page.
 *
 * @param of the same in numbers
 * @param trained whether the corpus has the name of the one that the bundle was trained on
 * @param labels number of labels in common
 * @param chance UAR of guessing, in per cent
 * @param excluded labels of the corpus that are excluded, with their numbers
 * @param failures kinds of failures, with their numbers
 * @param failed whether there are failures
 * @param unused labels of the bundle that no utterance has
 * @param synonyms declared pairs
 */
record EvaluatedView(
    Evaluated of,
    boolean trained,
    int labels,
    String chance,
    String excluded,
    String failures,
    boolean failed,
    String unused,
    String synonyms) {

  static EvaluatedView of(RunInfo run) {
    Evaluated evaluated = run.evaluated();
    return new EvaluatedView(
        evaluated,
        evaluated.isTrainedOn(run.corpus()),
        run.labels().size(),
        Percent.of(1.0 / run.labels().size()),
        evaluated.excludedInWords(),
        evaluated.failuresInWords(),
        evaluated.failed() > 0,
        evaluated.unusedInWords(),
        evaluated.synonyms().entrySet().stream()
            .map(pair -> pair.getKey() + "=" + pair.getValue())
            .collect(Collectors.joining(", ")));
  }
}
