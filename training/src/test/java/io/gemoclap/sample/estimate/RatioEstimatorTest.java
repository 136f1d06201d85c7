package io.gemoclap.sample.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.sample.Part;
import io.gemoclap.sample.SampledSegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values, variances and intervals, against formulas and against archives of known truth. */
final class RatioEstimatorTest {
  private static final int SEEDS = 500;

  private static double right(Truth truth) {
    return truth.isRight() ? 1 : 0;
  }

  private static List<Truth> answers(int right, int wrong) {
    List<Truth> answers = new ArrayList<>();
    for (int i = 0; i < right + wrong; i++) {
      SampledSegment segment =
          new SampledSegment(
              "s" + i, "r", 0, 0, 2, "joy", 0.5, false, Part.RANDOM, "h", 0, 0, "m", "l");
      answers.add(new Truth(segment, "joy", i < right ? "joy" : "fear"));
    }
    return answers;
  }

  private static AnsweredSample.Stratum stratum(String name, long size, int right, int wrong) {
    return new AnsweredSample.Stratum(name, size, right + wrong, answers(right, wrong));
  }

  private static Estimate accuracy(AnsweredSample.Stratum... strata) {
    return new RatioEstimator(AnsweredSample.of(List.of(strata))).share(RatioEstimatorTest::right);
  }

  @Test
  void aSimpleRandomSampleGivesTheIntervalOfClopperAndPearson() {
    Estimate estimate = accuracy(stratum("all", 1_000_000_000, 7, 13));
    assertEquals(0.35, estimate.value(), 1e-12);
    // v = p (1 - p) / (n - 1), so n* = n - 1, which is below n.
    assertEquals(19, estimate.effectiveAnswers(), 1e-6);
    Estimate none = accuracy(stratum("all", 1_000_000_000, 0, 20));
    assertEquals(0, none.low());
    // What has exactly this share is missed by 20 answers with a probability of 2.5 %.
    assertEquals(0.025, new BinomialDistribution(20, none.high()).probability(0), 1e-6);
  }

  @Test
  void theVarianceIsThatOfCochran() {
    // Weights so unequal that the variance, not the cap, decides.
    Estimate estimate = accuracy(stratum("large", 9_000, 5, 5), stratum("small", 1_000, 18, 22));
    double p = 0.9 * 0.5 + 0.1 * 0.45;
    double v = 0.81 * (1 - 10 / 9_000.0) * 0.25 / 9 + 0.01 * (1 - 40 / 1_000.0) * 0.45 * 0.55 / 39;
    assertEquals(p, estimate.value(), 1e-12);
    // Student's t of 49 and of 48 degrees of freedom.
    double t = 2.009575 / 2.010635;
    assertEquals(p * (1 - p) / v * t * t, estimate.effectiveAnswers(), 1e-4);
  }

  @Test
  void wholeArchivesHaveNoInterval() {
    Estimate estimate = accuracy(stratum("a", 4, 3, 1), stratum("b", 1, 1, 0));
    assertEquals(new Estimate(0.8, 0.8, 0.8, 5, 5), estimate);
  }

  @Test
  void whatNoAnswerIsAboutHasNoEstimate() {
    RatioEstimator estimator =
        new RatioEstimator(AnsweredSample.of(List.of(stratum("all", 50, 3, 4))));
    assertNull(estimator.ratio(t -> t.said().equals("anger") ? 1 : 0, t -> 0));
  }

  @Test
  void strataWithTooFewAnswersAreCollapsed() {
    AnsweredSample sample =
        AnsweredSample.of(
            List.of(
                stratum("a", 100, 0, 0),
                stratum("b", 300, 1, 0),
                stratum("c", 600, 2, 2),
                stratum("d", 500, 0, 1)));
    assertEquals(List.of(List.of("a", "b", "c", "d")), sample.collapsed());
    double all = sample.units().stream().mapToDouble(Unit::weight).sum();
    assertEquals(1_500, all, 1e-9);
    // A stratum with an answer keeps its weight in proportion to the others with answers.
    double scale = 1_500 / 1_400.0;
    assertEquals(300 * scale, sample.units().get(0).weight(), 1e-9);
    assertEquals(150 * scale, sample.units().get(1).weight(), 1e-9);
    assertEquals(1, sample.unsampled().get(0), 1e-12);
  }

  @Test
  void aStratumOfOneAnsweredSegmentIsNotCollapsed() {
    assertEquals(
        List.of(),
        AnsweredSample.of(List.of(stratum("a", 1, 1, 0), stratum("b", 90, 1, 2))).collapsed());
  }

  /**
   * Over many samples, intervals hold the true value at least as often as they say, also for rare
   * labels and for the few answers about one label.
   */
  @ParameterizedTest
  @CsvSource({"25, 1.0", "25, 0.7", "50, 0.8", "200, 0.9"})
  void intervalsHoldTheTruth(int n, double answering) {
    Population population = new Population(4_000, 11);
    Map<String, int[]> held = new LinkedHashMap<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      RatioEstimator estimator =
          new RatioEstimator(population.sample(n, answering, new Random(seed)));
      for (String label : List.of("anger", "neutral", "sadness", "not_speech")) {
        ToDoubleFunction<Truth> truth = t -> t.truth().equals(label) ? 1 : 0;
        ToDoubleFunction<Truth> said = t -> t.said().equals(label) ? 1 : 0;
        ToDoubleFunction<Truth> hit = t -> said.applyAsDouble(t) * right(t);
        ToDoubleFunction<Truth> seconds = t -> t.segment().seconds();
        count(held, "share of " + label, estimator, population, t -> 1, truth);
        count(
            held,
            "time of " + label,
            estimator,
            population,
            seconds,
            t -> t.segment().seconds() * truth.applyAsDouble(t));
        count(held, "precision of " + label, estimator, population, said, hit);
        count(held, "recall of " + label, estimator, population, truth, hit);
      }
      count(held, "accuracy", estimator, population, t -> 1, RatioEstimatorTest::right);
      ToDoubleFunction<Truth> shown = t -> t.segment().abstained() ? 0 : 1;
      count(
          held,
          "accuracy of shown",
          estimator,
          population,
          shown,
          t -> shown.applyAsDouble(t) * right(t));
    }
    held.forEach(
        (figure, counts) ->
            assertTrue(
                counts[0] >= RatioEstimator.LEVEL * counts[1],
                "%s: %s of %s intervals hold it".formatted(figure, counts[0], counts[1])));
    assertEquals(SEEDS, held.get("accuracy")[1]);
  }

  private static void count(
      Map<String, int[]> held,
      String figure,
      RatioEstimator estimator,
      Population population,
      ToDoubleFunction<Truth> x,
      ToDoubleFunction<Truth> y) {
    Estimate estimate = estimator.ratio(x, y);
    double all = population.segments().stream().mapToDouble(x).sum();
    if (estimate != null && all > 0) {
      double truth = population.segments().stream().mapToDouble(y).sum() / all;
      int[] counts = held.computeIfAbsent(figure, f -> new int[2]);
      counts[0] += estimate.low() <= truth + 1e-12 && truth - 1e-12 <= estimate.high() ? 1 : 0;
      counts[1]++;
    }
  }

  /** Values are right on average, so the weights undo the unequal chances of strata. */
  @Test
  void valuesAreRightOnAverageAndIntervalsNotMuchTooWide() {
    Population population = new Population(4_000, 11);
    double sum = 0;
    double width = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Estimate estimate =
          new RatioEstimator(population.sample(200, 1, new Random(seed)))
              .share(RatioEstimatorTest::right);
      sum += estimate.value();
      width += estimate.high() - estimate.low();
    }
    double truth =
        population.segments().stream().mapToDouble(RatioEstimatorTest::right).sum()
            / population.segments().size();
    double error = Math.sqrt(truth * (1 - truth) / 200);
    assertEquals(truth, sum / SEEDS, 4 * error / Math.sqrt(SEEDS));
    assertTrue(width / SEEDS < 1.2 * 2 * 1.96 * error, "mean width " + width / SEEDS);
  }
}
