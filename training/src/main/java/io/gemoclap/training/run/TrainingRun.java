package io.gemoclap.training.run;

import io.gemoclap.features.Normalization;
import io.gemoclap.model.ConfidenceSpec;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.fit.TextWarmUp;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.folds.Fold;
import io.gemoclap.training.prepare.PreparedCorpus;
import io.gemoclap.training.prompts.Wordings;
import io.gemoclap.training.report.ConfidenceFigures;
import io.gemoclap.training.report.EpochRow;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.PredictionRow;
import io.gemoclap.training.report.Report;
import io.gemoclap.training.report.RunInfo;
import io.gemoclap.training.report.SelectedEpoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;

/**
 * A whole training run: features, folds, report, and a final bundle trained on everything and
 * calibrated on the folds' predictions. Each step finds what an interrupted run left in the folder,
 * and does the rest.
 */
public final class TrainingRun {
  private final TrainingPlan plan;
  private final RunFolder run;
  private final Pipelines pipelines;
  private final Consumer<String> log;
  private final Instant started = Instant.now();
  private final Wordings wordings;

  /** Runs one Beam pipeline to its end; the command line knows on which runner. */
  public interface Pipelines {
    /**
     * Builds and runs a pipeline.
     *
     * @throws IOException when it fails
     */
    void run(Consumer<Pipeline> build) throws IOException;
  }

  /**
   * Prepares a run.
   *
   * @param output folder of the run
   * @param log takes a line now and then
   */
  public TrainingRun(TrainingPlan plan, Path output, Pipelines pipelines, Consumer<String> log) {
    this.plan = plan;
    this.run = new RunFolder(output.toAbsolutePath());
    this.pipelines = pipelines;
    this.log = log;
    this.wordings = Wordings.load().among(plan.corpus().labels());
  }

  /**
   * Runs to the end.
   *
   * @return what came of it
   * @throws IllegalArgumentException when the folder holds a run of another identity, listing every
   *     setting that differs; nothing is changed then
   * @throws IOException when no fold succeeds, or something cannot be read or written
   */
  public Report run() throws IOException {
    plan.identity().begin(run.root());
    List<String> shards = Preparation.run(plan, run, pipelines, log);
    List<String> conditions = Preparation.conditions(plan, run, pipelines, log);
    RunExecution execution = plan.execution();
    String features = execution.features(run.root());
    RunJob job =
        new RunJob(
            plan.identity(),
            execution.pretrained() == null
                ? null
                : execution.pretrained().toAbsolutePath().toString(),
            execution.gpu(),
            features,
            shards,
            conditions,
            LeftOut.decide(run, usable(features, shards), plan.corpus().utterances(), log),
            execution.checkpointSeconds());
    run.write(job, plan.corpus().utterances(), plan.folds().folds());
    warmUp(job);
    int count = plan.folds().folds().size();
    train(IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
    Report report = report();
    if (plan.identity().normalize() != Normalization.NONE) {
      Availability.write(run, plan.folds().folds().size(), plan.corpus().labels());
    }
    if (execution.finalBundle()) {
      trainFinal(report);
    }
    return report;
  }

  private Set<String> usable(String features, List<String> shards) throws IOException {
    List<Utterance> all = plan.corpus().utterances();
    return PreparedCorpus.open(features, shards, all).usable(all).stream()
        .map(Utterance::id)
        .collect(Collectors.toSet());
  }

  private void trainFinal(Report report) throws IOException {
    calibrate(report);
    train(List.of(RunFolder.FINAL));
    if (!FoldWorker.isDone(run.part(RunFolder.FINAL))) {
      throw new IOException(
          "The final bundle could not be trained: "
              + FoldProcess.lastWords(run.part(RunFolder.FINAL).resolve("log.txt")));
    }
  }

  /** Folds that failed, by name; the reasons are in their logs. */
  public List<RunInfo.FailedFold> failedFolds() throws IOException {
    List<RunInfo.FailedFold> failed = new ArrayList<>();
    List<Fold> folds = plan.folds().folds();
    for (int i = 0; i < folds.size(); i++) {
      Path part = run.part(Integer.toString(i + 1));
      if (!FoldWorker.isDone(part)) {
        failed.add(
            new RunInfo.FailedFold(
                folds.get(i).name(), FoldProcess.lastWords(part.resolve("log.txt"))));
      }
    }
    return failed;
  }

  /** The text tower's first steps see no utterance, so all folds start from their result. */
  private void warmUp(RunJob job) throws IOException {
    if (Files.exists(run.textWeightsFile())) {
      return;
    }
    TrainConfig config = job.config();
    Map<String, FloatTensor> weights = Map.of();
    if (config.optimization().textSteps() > 0 && job.pretrained() == null) {
      weights =
          new TextWarmUp(config, job.labels(), wordings, job.tokens(wordings))
              .run(
                  (step, loss) -> {
                    if (step % 250 == 0) {
                      log.accept(
                          String.format(
                              Locale.ROOT,
                              "text warm-up  step %d/%d  loss %.4f",
                              step,
                              config.optimization().textSteps(),
                              loss));
                    }
                  });
    }
    Safetensors.write(run.textWeightsFile(), weights);
  }

  private void train(List<String> parts) throws IOException {
    List<String> missing = new ArrayList<>();
    for (String part : parts) {
      if (!FoldWorker.isDone(run.part(part))) {
        missing.add(part);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    try (FoldProgress progress =
        new FoldProgress(run, missing, plan.identity().config().optimization().epochs(), log)) {
      pipelines.run(
          pipeline ->
              pipeline.apply("TrainFolds", TrainFolds.of(run, missing, plan.execution().memory())));
    }
  }

  private Report report() throws IOException {
    List<PredictionRow> predictions = new ArrayList<>();
    List<EpochRow> curves = new ArrayList<>();
    for (int i = 1; i <= plan.folds().folds().size(); i++) {
      Path part = run.part(Integer.toString(i));
      if (FoldWorker.isDone(part)) {
        predictions.addAll(
            JsonLines.rows(part.resolve("predictions-kept.jsonl"), PredictionRow.class));
        predictions.addAll(
            JsonLines.rows(part.resolve("predictions-test.jsonl"), PredictionRow.class));
        curves.addAll(JsonLines.rows(part.resolve("curves.jsonl"), EpochRow.class));
      }
    }
    List<RunInfo.FailedFold> failed = failedFolds();
    if (predictions.isEmpty()) {
      throw new IOException(
          "No fold could be trained. Reason of the first: " + failed.get(0).reason());
    }
    FinishedRun finished =
        new FinishedRun(
            RunInfos.of(plan, run, started, failed),
            predictions,
            curves,
            Consistency.of(run, plan.folds().folds().size(), plan.corpus().labels()),
            Confidences.of(run, plan.folds().folds().size(), plan.corpus().labels()));
    finished.write(run.root());
    return Report.write(finished, run.root());
  }

  /** Leaves for the final bundle what the folds say of it. */
  private void calibrate(Report report) throws IOException {
    List<SynonymFigures> synonyms = new ArrayList<>();
    List<Integer> epochs = new ArrayList<>();
    for (int i = 1; i <= plan.folds().folds().size(); i++) {
      Path part = run.part(Integer.toString(i));
      if (FoldWorker.isDone(part)) {
        synonyms.add(JsonLines.readValue(part.resolve("synonyms.json"), SynonymFigures.class));
        epochs.add(FoldJudge.chosenEpoch(part));
      }
    }
    epochs.sort(null);
    ConfidenceFigures confidence = report.confidence();
    Calibrated calibrated =
        new Calibrated(
            report.figures().get(0).utterances(),
            report.war(),
            report.uar(),
            report.macroF1(),
            report.gender() == null ? Double.NaN : report.gender().war().value(),
            confidence == null ? report.calibration().temperature() : confidence.temperature(),
            report.genderCalibration() == null ? 1 : report.genderCalibration().temperature(),
            confidence == null
                ? null
                : new ConfidenceSpec(confidence.distanceExponent(), confidence.abstainBelow()),
            report.calibration().eceBefore(),
            report.calibration().eceAfter() == null ? Double.NaN : report.calibration().eceAfter(),
            Synonyms.pooled(synonyms, plan.corpus().labels()),
            report.checkpointChoice() == SelectedEpoch.DEV
                ? "checkpoint chosen on a development part of the training speakers"
                : "last epoch of a fixed number of epochs, no checkpoint chosen",
            epochs.get(epochs.size() / 2));
    JsonLines.writeValue(run.part(RunFolder.FINAL).resolve("calibrated.json"), calibrated);
  }
}
