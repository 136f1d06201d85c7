package io.gemoclap.training.report;

import io.gemoclap.training.evaluate.Bootstrap;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.evaluate.Outcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The same experiment with several seeds, over the same test utterances: how much of a figure is
 * luck. Shares lie in 0 to 1.
 *
 * @param runs the figures of each run, in their order
 * @param interval 95 % bootstrap interval of the mean UAR: utterances are drawn anew within each
 *     class, the same ones for every run
 */
public record Repetitions(List<Figures> runs, Interval interval) {

  /**
   * One run.
   *
   * @param war by sentences that name the emotion alone
   * @param uar the same
   * @param uarByBoth UAR by sentences that name gender too; NaN where they were not scored
   * @param gender zero-shot WAR of gender; NaN if not measured
   * @param uarTestChosen UAR were each fold's epoch chosen on its test part
   */
  public record Figures(
      double war, double uar, double uarByBoth, double gender, double uarTestChosen) {

    static Figures of(FinishedRun run) {
      Judgements headline = Judgements.headline(run);
      List<Judgements> all = Judgements.all(run);
      return new Figures(
          headline.outcomes().confusion().scores().war(),
          uar(Optional.of(headline)),
          uar(
              all.stream()
                  .filter(j -> j.checkpoint() == headline.checkpoint())
                  .filter(j -> !j.prompts().equals(headline.prompts()))
                  .findFirst()),
          headline.gender().map(j -> j.outcomes().confusion().scores().war()).orElse(Double.NaN),
          uar(
              all.stream()
                  .filter(j -> j.checkpoint() == SelectedEpoch.TEST)
                  .filter(j -> j.prompts().equals(headline.prompts()))
                  .findFirst()));
    }

    private static double uar(Optional<Judgements> judgements) {
      return judgements.map(j -> j.outcomes().confusion().scores().uar()).orElse(Double.NaN);
    }
  }

  /**
   * Mean and standard deviation over the runs.
   *
   * @param deviation with n − 1 in the denominator; 0 for one run
   */
  public record Mean(double value, double deviation) {}

  /**
   * Sums up runs.
   *
   * @param runs at least one
   * @param seed of the resamples
   * @throws IllegalArgumentException when the runs were tested on different utterances
   */
  public static Repetitions of(List<FinishedRun> runs, long seed) {
    List<Outcomes> outcomes = new ArrayList<>();
    List<String> ids = null;
    for (FinishedRun run : runs) {
      Judgements headline = Judgements.headline(run);
      List<String> own = headline.rows().stream().map(PredictionRow::id).toList();
      if (ids != null && !ids.equals(own)) {
        throw new IllegalArgumentException("The runs were tested on different utterances");
      }
      ids = own;
      outcomes.add(headline.outcomes());
    }
    Interval interval =
        Bootstrap.seeded(seed)
            .spreads(
                Judgements.headline(runs.get(0)).byUtterance(),
                drawn ->
                    new double[] {
                      outcomes.stream().mapToDouble(o -> o.scores(drawn)[1]).average().orElseThrow()
                    })
            .get(0)
            .interval();
    return new Repetitions(runs.stream().map(Figures::of).toList(), interval);
  }

  /** Sums up one of the figures. */
  public Mean mean(ToDoubleFunction<Figures> figure) {
    SummaryStatistics statistics = new SummaryStatistics();
    runs.forEach(run -> statistics.addValue(figure.applyAsDouble(run)));
    return new Mean(statistics.getMean(), statistics.getStandardDeviation());
  }
}
