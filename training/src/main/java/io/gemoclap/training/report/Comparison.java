package io.gemoclap.training.report;

import io.gemoclap.training.evaluate.Bootstrap;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.evaluate.Bootstrap.Spread;
import io.gemoclap.training.evaluate.McNemar;
import io.gemoclap.training.evaluate.Outcomes;
import io.gemoclap.training.evaluate.Resampling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two runs over the same test utterances, headline against headline.
 *
 * @param utterances number of test utterances
 * @param speakers number of their speakers
 * @param checkpointA how the first run's checkpoints were chosen
 * @param promptsA what its label sentences said
 * @param checkpointB the same of the second
 * @param promptsB the same of the second
 * @param rows one for each metric
 * @param mcNemar whether both are right equally often
 */
public record Comparison(
    int utterances,
    int speakers,
    SelectedEpoch checkpointA,
    String promptsA,
    SelectedEpoch checkpointB,
    String promptsB,
    List<Row> rows,
    McNemar mcNemar) {
  private static final List<String> METRICS = List.of("WAR", "UAR", "macro F1");

  /** What is drawn anew to see how far a difference hangs on it. */
  public enum Drawn {
    /** Utterances within each class: would it hold with other utterances of these speakers? */
    UTTERANCES,
    /** Whole speakers: would it hold with other speakers? */
    SPEAKERS
  }

  /**
   * One metric of both runs. Values are shares from 0 to 1.
   *
   * @param metric its name
   * @param a of the first run
   * @param b of the second run
   * @param interval 95 % paired-bootstrap interval of {@code b − a}
   * @param p two-sided, of no difference, from the same resamples
   */
  public record Row(String metric, double a, double b, Interval interval, double p) {
    /** The second run's advantage. */
    public double difference() {
      return b - a;
    }
  }

  /**
   * Compares two runs.
   *
   * @param drawn what the resamples draw
   * @param seed of the resamples
   * @throws IllegalArgumentException when labels, utterances, emotions or speakers differ, or there
   *     is only one speaker to draw; the sentence says which
   */
  public static Comparison of(FinishedRun a, FinishedRun b, Drawn drawn, long seed) {
    if (!a.info().labels().equals(b.info().labels())) {
      throw new IllegalArgumentException(
          "The runs have different labels: "
              + String.join(", ", a.info().labels())
              + " against "
              + String.join(", ", b.info().labels()));
    }
    Judgements one = Judgements.headline(a);
    Judgements two = matched(one, Judgements.headline(b));
    Resampling resampling =
        drawn == Drawn.UTTERANCES
            ? one.byUtterance()
            : one.bySpeaker()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "All utterances are of one speaker, so speakers cannot be resampled"));
    Outcomes first = one.outcomes();
    Outcomes second = two.outcomes();
    return new Comparison(
        one.rows().size(),
        one.by(PredictionRow::speaker).size(),
        one.checkpoint(),
        one.prompts(),
        two.checkpoint(),
        two.prompts(),
        rows(first, second, Bootstrap.seeded(seed), resampling),
        McNemar.of(first, second));
  }

  private static List<Row> rows(
      Outcomes first, Outcomes second, Bootstrap bootstrap, Resampling resampling) {
    List<Spread> spreads =
        bootstrap.spreads(
            resampling,
            drawn -> {
              double[] difference = second.scores(drawn);
              double[] before = first.scores(drawn);
              for (int m = 0; m < difference.length; m++) {
                difference[m] -= before[m];
              }
              return difference;
            });
    int[] all = IntStream.range(0, first.truths().length).toArray();
    double[] a = first.scores(all);
    double[] b = second.scores(all);
    List<Row> rows = new ArrayList<>();
    for (int m = 0; m < a.length; m++) {
      Spread spread = spreads.get(m);
      rows.add(new Row(METRICS.get(m), a[m], b[m], spread.interval(), spread.pOfNoDifference()));
    }
    return rows;
  }

  /** The second run's rows in the order of the first's. */
  private static Judgements matched(Judgements one, Judgements two) {
    Map<String, PredictionRow> others = new HashMap<>();
    two.rows().forEach(row -> others.put(row.id(), row));
    List<String> missing =
        one.rows().stream().map(PredictionRow::id).filter(id -> !others.containsKey(id)).toList();
    int extra = others.size() - (one.rows().size() - missing.size());
    if (!missing.isEmpty() || extra > 0) {
      throw new IllegalArgumentException(
          "The runs were tested on different utterances: %s are only in the first, %s only in the second"
              .formatted(missing.size(), extra));
    }
    List<PredictionRow> rows = new ArrayList<>();
    for (PredictionRow row : one.rows()) {
      PredictionRow other = others.get(row.id());
      if (!other.emotion().equals(row.emotion()) || !other.speaker().equals(row.speaker())) {
        throw new IllegalArgumentException(
            "The runs disagree about the emotion or the speaker of utterance '" + row.id() + "'");
      }
      rows.add(other);
    }
    return new Judgements(two.labels(), rows, false);
  }
}
