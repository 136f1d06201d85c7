package io.gemoclap.training.report;

import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.evaluate.Bootstrap;
import io.gemoclap.training.evaluate.Bootstrap.Interval;
import io.gemoclap.training.evaluate.ConfusionMatrix.Scores;
import io.gemoclap.training.evaluate.Outcomes;
import io.gemoclap.training.evaluate.RiskCoverage;
import io.gemoclap.training.report.Report.CalibrationFigures;
import io.gemoclap.training.report.Report.ClassFigures;
import io.gemoclap.training.report.Report.Figures;
import io.gemoclap.training.report.Report.GroupFigures;
import io.gemoclap.training.report.Report.HardUtterance;
import io.gemoclap.training.report.Report.MostPredicted;
import io.gemoclap.training.report.Report.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Works out a report from a run's rows. */
final class ReportBuilder {
  private static final long SEED = 1;
  private static final int HARDEST = 20;

  private final FinishedRun run;
  private final Bootstrap bootstrap = Bootstrap.seeded(SEED);

  ReportBuilder(FinishedRun run) {
    this.run = run;
  }

  Report build() {
    List<Judgements> all = Judgements.all(run);
    Judgements headline = all.get(0);
    Optional<Judgements> gender = headline.gender();
    CalibrationFigures calibration = calibration(headline);
    List<Figures> figures = all.stream().map(this::figures).toList();
    Figures first = figures.get(0);
    return new Report(
        run.info(),
        first.checkpoint(),
        first.prompts(),
        first.war().value(),
        first.uar().value(),
        first.macroF1().value(),
        first.confusion(),
        mostPredicted(first),
        classes(first),
        figures,
        gender.map(this::figures).orElse(null),
        groups(headline, PredictionRow::fold),
        groups(headline, PredictionRow::speaker),
        groups(headline, row -> row.gender() == null ? "unknown" : row.gender()),
        new GroupGaps(headline, bootstrap).all(),
        calibration,
        gender.map(this::calibration).orElse(null),
        hardest(headline, calibration),
        LearningCurves.figures(run.curves()),
        run.consistency(),
        riskCoverage(headline, calibration),
        run.confidence());
  }

  Figures figures(Judgements judgements) {
    Outcomes outcomes = judgements.outcomes();
    var byUtterance = bootstrap.spreads(judgements.byUtterance(), outcomes::scores);
    var bySpeaker = judgements.bySpeaker().map(r -> bootstrap.spreads(r, outcomes::scores));
    var confusion = outcomes.confusion();
    Scores pooled = confusion.scores();
    List<Scores> folds =
        judgements.by(PredictionRow::fold).values().stream()
            .map(fold -> fold.outcomes().confusion().scores())
            .toList();
    List<Score> scores = new ArrayList<>();
    List<Function<Scores, Double>> kinds = List.of(Scores::war, Scores::uar, Scores::macroF1);
    for (int k = 0; k < kinds.size(); k++) {
      int each = k;
      double[] values = folds.stream().mapToDouble(s -> kinds.get(each).apply(s)).toArray();
      Interval speakers = bySpeaker.map(spreads -> spreads.get(each).interval()).orElse(null);
      scores.add(
          score(kinds.get(k).apply(pooled), byUtterance.get(k).interval(), speakers, values));
    }
    return new Figures(
        judgements.checkpoint(),
        judgements.prompts(),
        pooled.items(),
        judgements.by(PredictionRow::speaker).size(),
        scores.get(0),
        scores.get(1),
        scores.get(2),
        judgements.labels(),
        confusion.counts());
  }

  private static Score score(
      double pooled, Interval byUtterance, Interval bySpeaker, double[] folds) {
    double mean = 0;
    for (double fold : folds) {
      mean += fold / folds.length;
    }
    double squares = 0;
    for (double fold : folds) {
      squares += (fold - mean) * (fold - mean);
    }
    Double std = folds.length > 1 ? Math.sqrt(squares / (folds.length - 1)) : null;
    return new Score(pooled, byUtterance, bySpeaker, mean, std);
  }

  private static MostPredicted mostPredicted(Figures figures) {
    int[][] counts = figures.confusion();
    double[] predicted = new double[counts.length];
    for (int[] row : counts) {
      for (int c = 0; c < row.length; c++) {
        predicted[c] += row[c];
      }
    }
    int top = ZeroShotClassifier.top(predicted);
    return new MostPredicted(
        figures.labels().get(top),
        predicted[top] / figures.utterances(),
        share(Arrays.stream(counts[top]).sum(), figures.utterances()));
  }

  private static List<ClassFigures> classes(Figures figures) {
    List<ClassFigures> classes = new ArrayList<>();
    int[][] counts = figures.confusion();
    for (int c = 0; c < counts.length; c++) {
      int truths = 0;
      int predictions = 0;
      for (int k = 0; k < counts.length; k++) {
        truths += counts[c][k];
        predictions += counts[k][c];
      }
      classes.add(
          new ClassFigures(
              figures.labels().get(c),
              truths,
              share(counts[c][c], truths),
              share(counts[c][c], predictions),
              share(2 * counts[c][c], truths + predictions)));
    }
    return classes;
  }

  private CalibrationFigures calibration(Judgements judgements) {
    return new CalibrationBuilder(judgements, bootstrap).build();
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private List<GroupFigures> groups(Judgements headline, Function<PredictionRow, String> name) {
    List<GroupFigures> groups = new ArrayList<>();
    headline
        .by(name)
        .forEach((group, part) -> groups.add(group(group.isEmpty() ? "unknown" : group, part)));
    return groups;
  }

  private GroupFigures group(String name, Judgements part) {
    Outcomes outcomes = part.outcomes();
    Scores scores = outcomes.confusion().scores();
    Interval interval = bootstrap.spreads(part.byUtterance(), outcomes::scores).get(1).interval();
    return new GroupFigures(
        name, scores.items(), scores.war(), scores.uar(), interval, scores.macroF1());
  }

  private static RiskCoverage riskCoverage(Judgements headline, CalibrationFigures calibration) {
    List<RiskCoverage.Judged> judged = new ArrayList<>();
    for (PredictionRow row : headline.rows()) {
      double temperature = calibration.foldTemperatures().getOrDefault(row.fold(), 1.0);
      double[] p = ZeroShotClassifier.softmax(row.logits(), 1 / temperature);
      int predicted = headline.predicted(row);
      judged.add(new RiskCoverage.Judged(p[predicted], predicted == headline.truth(row)));
    }
    return RiskCoverage.of(judged);
  }

  private static List<HardUtterance> hardest(Judgements headline, CalibrationFigures calibration) {
    Map<String, Double> temperatures = calibration.foldTemperatures();
    List<HardUtterance> hard = new ArrayList<>();
    for (PredictionRow row : headline.rows()) {
      double temperature = temperatures.getOrDefault(row.fold(), 1.0);
      double[] p = ZeroShotClassifier.softmax(row.logits(), 1 / temperature);
      int predicted = headline.predicted(row);
      hard.add(
          new HardUtterance(
              row.id(),
              row.uri(),
              row.speaker(),
              row.fold(),
              row.emotion(),
              p[headline.truth(row)],
              headline.labels().get(predicted),
              p[predicted]));
    }
    hard.sort(
        Comparator.comparingDouble(HardUtterance::probability).thenComparing(HardUtterance::id));
    return List.copyOf(hard.subList(0, Math.min(HARDEST, hard.size())));
  }
}
