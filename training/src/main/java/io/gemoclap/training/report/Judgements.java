package io.gemoclap.training.report;

import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.evaluate.Calibration.Item;
import io.gemoclap.training.evaluate.Outcomes;
import io.gemoclap.training.evaluate.Resampling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one way of choosing checkpoints, under one kind of prompts, said about every test utterance:
 * of its emotion, or of its speaker's gender.
 *
 * @param labels classes in order
 * @param rows predictions, by utterance
 * @param ofGender whether gender is judged
 */
record Judgements(List<String> labels, List<PredictionRow> rows, boolean ofGender) {
  /** Sentences that name the emotion alone, by which annotation scores. */
  private static final String AS_ANNOTATED = "emotion";

  private static final List<String> GENDERS = List.of("female", "male");

  /** All that a run holds: the headline first, those chosen on the test part last. */
  static List<Judgements> all(FinishedRun run) {
    Map<List<Object>, List<PredictionRow>> parts = new LinkedHashMap<>();
    run.predictions().stream()
        .sorted(
            Comparator.comparing(PredictionRow::checkpoint)
                .thenComparing(row -> !row.prompts().equals(AS_ANNOTATED))
                .thenComparing(PredictionRow::prompts)
                .thenComparing(PredictionRow::id))
        .forEach(
            row ->
                parts
                    .computeIfAbsent(
                        List.of(row.checkpoint(), row.prompts()), key -> new ArrayList<>())
                    .add(row));
    return parts.values().stream()
        .map(rows -> new Judgements(run.info().labels(), List.copyOf(rows), false))
        .toList();
  }

  /**
   * The one that a run is known by: checkpoints chosen on the development part, or the last ones
   * where none were chosen (on the test part only where there are no others), label sentences that
   * name the emotion alone where they were scored.
   */
  static Judgements headline(FinishedRun run) {
    return all(run).get(0);
  }

  /** The same rows, as judgements of gender; empty when no row of known gender has its logits. */
  Optional<Judgements> gender() {
    List<PredictionRow> known =
        rows.stream()
            .filter(row -> row.genderLogits() != null && GENDERS.contains(row.gender()))
            .toList();
    return known.isEmpty() ? Optional.empty() : Optional.of(new Judgements(GENDERS, known, true));
  }

  SelectedEpoch checkpoint() {
    return rows.get(0).checkpoint();
  }

  String prompts() {
    return rows.get(0).prompts();
  }

  double[] logits(PredictionRow row) {
    return ofGender ? row.genderLogits() : row.logits();
  }

  int truth(PredictionRow row) {
    return labels.indexOf(ofGender ? row.gender() : row.emotion());
  }

  int predicted(PredictionRow row) {
    return ZeroShotClassifier.top(logits(row));
  }

  Item item(PredictionRow row) {
    return new Item(logits(row), truth(row));
  }

  Outcomes outcomes() {
    return new Outcomes(
        labels,
        rows.stream().mapToInt(this::truth).toArray(),
        rows.stream().mapToInt(this::predicted).toArray());
  }

  /** Parts by fold, speaker or the like, in the order of their names. */
  Map<String, Judgements> by(Function<PredictionRow, String> name) {
    Map<String, Judgements> parts = new TreeMap<>();
    rows.stream()
        .collect(Collectors.groupingBy(name))
        .forEach((key, part) -> parts.put(key, new Judgements(labels, part, ofGender)));
    return parts;
  }

  /** Draws utterances within each class. */
  Resampling byUtterance() {
    return Resampling.withinClasses(outcomes().truths());
  }

  /** Draws whole speakers; empty when there is only one. */
  Optional<Resampling> bySpeaker() {
    Map<String, Integer> numbers = new HashMap<>();
    int[] speakers =
        rows.stream()
            .mapToInt(row -> numbers.computeIfAbsent(row.speaker(), name -> numbers.size()))
            .toArray();
    return numbers.size() < 2 ? Optional.empty() : Optional.of(Resampling.ofGroups(speakers));
  }
}
