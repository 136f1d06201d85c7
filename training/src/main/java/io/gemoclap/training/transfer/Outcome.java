package io.gemoclap.training.transfer;

import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Problem;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.report.PredictionRow;
import io.gemoclap.training.report.SelectedEpoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What became of all that a corpus names: each utterance is judged, excluded by its label, or has
 * failed. Immutable.
 *
 * @param judged one row for each judged utterance; its logits are logarithms of the probabilities
 *     that annotation gave the labels in common
 * @param excluded number of utterances with excluded labels
 * @param failures one for each utterance without a result, and for each row or file of the corpus
 *     that cannot be used
 */
public record Outcome(List<PredictionRow> judged, int excluded, List<Failure> failures) {
  /** Name of the only part: nothing is trained, so there are no folds. */
  static final String FOLD = "all";

  private static final List<String> GENDERS = List.of("female", "male");

  /** Number of all that the corpus names. */
  public int utterances() {
    return judged.size() + excluded + failures.size();
  }

  /** Sums up a corpus. */
  public static Outcome of(Corpus corpus, LabelsInCommon labels, Sources sources, Results results) {
    List<PredictionRow> judged = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (Map.Entry<String, List<Utterance>> source : sources.utterances().entrySet()) {
      for (Utterance utterance : source.getValue()) {
        Optional<String> truth = labels.truth(utterance);
        if (truth.isPresent()) {
          results
              .segment(source.getKey(), utterance, source.getValue())
              .ifPresentOrElse(
                  segment -> judged.add(row(utterance, truth.get(), segment, labels.labels())),
                  () -> failures.add(results.failure(source.getKey(), utterance)));
        }
      }
    }
    failures.addAll(problems(corpus));
    int excluded = labels.excluded().values().stream().mapToInt(Integer::intValue).sum();
    return new Outcome(List.copyOf(judged), excluded, List.copyOf(failures));
  }

  /** What the corpus's reader could not use, but for unknown labels, which are excluded labels. */
  private static List<Failure> problems(Corpus corpus) {
    List<Problem> problems = new ArrayList<>(corpus.problems());
    corpus.unmapped().forEach(unmapped -> problems.remove(unmapped.problem()));
    return problems.stream()
        .map(
            problem ->
                Failure.of(
                    "ReadCorpus",
                    FailureKind.UNREADABLE,
                    problem.file() + (problem.line() > 0 ? ":" + problem.line() : ""),
                    problem.file(),
                    problem.message()))
        .toList();
  }

  private static PredictionRow row(
      Utterance utterance, String truth, ScoredSegment segment, List<String> labels) {
    return new PredictionRow(
        utterance.id(),
        utterance.uri(),
        utterance.speaker(),
        utterance.session().isEmpty() ? null : utterance.session(),
        utterance.gender().name().toLowerCase(Locale.ROOT),
        FOLD,
        SelectedEpoch.BUNDLE,
        "emotion",
        truth,
        ScoredSegment.logits(segment.scores(), labels),
        ScoredSegment.logits(segment.genderScores(), GENDERS));
  }
}
