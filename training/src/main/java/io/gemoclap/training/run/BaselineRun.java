package io.gemoclap.training.run;

import io.gemoclap.training.example.Examples;
import io.gemoclap.training.example.NormalizedExamples;
import io.gemoclap.training.fit.SoftmaxRegression;
import io.gemoclap.training.folds.Fold;
import io.gemoclap.training.prepare.PreparedCorpus;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.PredictionRow;
import io.gemoclap.training.report.Report;
import io.gemoclap.training.report.SelectedEpoch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The baseline on the folds of a run: the statistics of the compact tower, with a softmax
 * regression instead of the towers. Leaves a run folder like any other, to be reported and
 * compared.
 */
public final class BaselineRun {
  private final TrainingPlan plan;
  private final RunFolder run;
  private final TrainingRun.Pipelines pipelines;
  private final Consumer<String> log;
  private final double penalty;

  /**
   * Prepares a run.
   *
   * @param penalty of the regression's weights
   */
  public BaselineRun(
      TrainingPlan plan,
      Path output,
      double penalty,
      TrainingRun.Pipelines pipelines,
      Consumer<String> log) {
    this.plan = plan;
    this.run = new RunFolder(output.toAbsolutePath());
    this.penalty = penalty;
    this.pipelines = pipelines;
    this.log = log;
  }

  /** Runs to the end. */
  public Report run() throws IOException {
    Instant started = Instant.now();
    plan.identity().begin(run.root());
    List<String> shards = Preparation.run(plan, run, pipelines, log);
    PreparedCorpus prepared =
        PreparedCorpus.open(
            plan.execution().features(run.root()), shards, plan.corpus().utterances());
    List<PredictionRow> rows = new ArrayList<>();
    for (Fold fold : plan.folds().folds()) {
      NormalizedExamples train = plan.identity().normalized(prepared.examples(fold.train()));
      SoftmaxRegression model =
          SoftmaxRegression.fit(train.examples(), plan.corpus().labels(), penalty);
      judge(fold, train.alike(prepared.examples(fold.test())), model, rows);
    }
    FinishedRun finished =
        new FinishedRun(RunInfos.of(plan, run, started, List.of()), rows, List.of());
    finished.write(run.root());
    return Report.write(finished, run.root());
  }

  private static void judge(
      Fold fold, Examples test, SoftmaxRegression model, List<PredictionRow> rows)
      throws IOException {
    test.forEach(
        example ->
            rows.add(
                FoldJudge.row(
                    fold.name(),
                    example.utterance(),
                    SelectedEpoch.LAST,
                    "emotion",
                    model.logits(example.clean()),
                    null)));
  }
}
