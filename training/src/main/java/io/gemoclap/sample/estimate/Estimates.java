package io.gemoclap.sample.estimate;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.corrections.Answer;
import io.gemoclap.corrections.Consensus;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.corrections.Meanings;
import io.gemoclap.sample.Part;
import io.gemoclap.sample.SampledSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an archive holds and how good a model's labels are there, estimated from answers about the
 * random part of a sample: {@code estimates.json}. Each interval by itself holds the true value
 * with a probability of about {@code level} or more. Immutable.
 *
 * @param modelId id of the bundle
 * @param labelSet id of the labels and templates
 * @param segments number of the archive's segments with an emotion
 * @param level probability of the intervals
 * @param people who answered
 * @param random what became of the random part
 * @param accuracy how many of all segments have the label that the model gives them, abstained or
 *     not; what is not speech has none
 * @param accuracyShown the same of the segments whose emotion is not shown as uncertain; null if no
 *     such segment is answered
 * @param labels the labels, in the order of their names
 * @param strata the strata of the random part
 * @param collapsed strata that have too few answers, with those that they were collapsed with
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Estimates(
    String modelId,
    String labelSet,
    long segments,
    double level,
    List<String> people,
    AnswerCounts random,
    Estimate accuracy,
    @Nullable Estimate accuracyShown,
    List<LabelFigures> labels,
    List<StratumFigures> strata,
    List<List<String>> collapsed) {

  /**
   * Estimates.
   *
   * @param sample the rows of {@code sample.jsonl}; only those of the random part count
   * @param corrections people's answers, with labels as {@code meanings} has them
   * @throws IllegalArgumentException if there is no random part, or fewer than two of its segments
   *     are answered
   */
  public static Estimates of(
      List<SampledSegment> sample, Corrections corrections, Meanings meanings) {
    List<SampledSegment> random =
        sample.stream().filter(segment -> segment.part() == Part.RANDOM).toList();
    if (random.isEmpty()) {
      throw new IllegalArgumentException("The sample has no random part");
    }
    Map<String, List<SampledSegment>> byStratum = new TreeMap<>();
    for (SampledSegment segment : random) {
      byStratum.computeIfAbsent(segment.stratum(), s -> new ArrayList<>()).add(segment);
    }
    List<AnsweredSample.Stratum> strata = new ArrayList<>();
    byStratum.forEach(
        (name, segments) ->
            strata.add(
                new AnsweredSample.Stratum(
                    name,
                    segments.get(0).stratumSize(),
                    segments.size(),
                    segments.stream()
                        .flatMap(s -> truth(s, corrections, meanings).stream())
                        .toList())));
    AnsweredSample answered = AnsweredSample.of(strata);
    RatioEstimator estimator = new RatioEstimator(answered);
    SampledSegment any = random.get(0);
    return new Estimates(
        any.modelId(),
        any.labelSet(),
        strata.stream().mapToLong(AnsweredSample.Stratum::size).sum(),
        RatioEstimator.LEVEL,
        List.copyOf(corrections.people()),
        AnswerCounts.of(random, corrections),
        some(estimator.share(t -> of(t.isRight()))),
        estimator.ratio(
            t -> of(!t.segment().abstained()), t -> of(!t.segment().abstained() && t.isRight())),
        labels(answered, estimator),
        strata.stream().map(s -> figures(s, estimator)).toList(),
        answered.collapsed());
  }

  private static Optional<Truth> truth(
      SampledSegment segment, Corrections corrections, Meanings meanings) {
    return corrections
        .consensus(segment.segmentId())
        .map(
            (Consensus c) ->
                new Truth(
                    segment,
                    meanings.of(segment.emotion()),
                    c.answer() == Answer.LABEL ? c.label() : Truth.NOT_SPEECH));
  }

  private static List<LabelFigures> labels(AnsweredSample answered, RatioEstimator estimator) {
    TreeSet<String> labels = new TreeSet<>();
    answered
        .units()
        .forEach(unit -> labels.addAll(List.of(unit.truth().said(), unit.truth().truth())));
    return labels.stream().map(label -> figures(label, estimator)).toList();
  }

  private static LabelFigures figures(String label, RatioEstimator estimator) {
    return new LabelFigures(
        label,
        some(estimator.share(t -> of(t.truth().equals(label)))),
        some(
            estimator.ratio(
                t -> t.segment().seconds(),
                t -> t.segment().seconds() * of(t.truth().equals(label)))),
        some(estimator.share(t -> of(t.said().equals(label)))),
        estimator.ratio(
            t -> of(t.said().equals(label)), t -> of(t.said().equals(label) && t.isRight())),
        estimator.ratio(
            t -> of(t.truth().equals(label)), t -> of(t.truth().equals(label) && t.isRight())));
  }

  private static StratumFigures figures(AnsweredSample.Stratum stratum, RatioEstimator estimator) {
    return new StratumFigures(
        stratum.name(),
        stratum.size(),
        stratum.sampled(),
        stratum.answers().size(),
        estimator.ratio(
            t -> of(t.segment().stratum().equals(stratum.name())),
            t -> of(t.segment().stratum().equals(stratum.name()) && t.isRight())));
  }

  private static double of(boolean holds) {
    return holds ? 1 : 0;
  }

  private static Estimate some(@Nullable Estimate estimate) {
    if (estimate == null) {
      throw new IllegalStateException("Every answered segment counts in a share");
    }
    return estimate;
  }
}
