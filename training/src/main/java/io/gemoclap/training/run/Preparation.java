package io.gemoclap.training.run;

import io.gemoclap.failure.Failure;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.prepare.FeaturePlan;
import io.gemoclap.training.prepare.PrepareCorpus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The first step of a run: features of the whole corpus in shards, and a file of what has none. */
final class Preparation {
  private Preparation() {}

  /** A row of {@code failures.jsonl}. */
  private record FailureRow(String item, String stage, String kind, String message) {
    static FailureRow of(Failure failure) {
      return new FailureRow(
          failure.getItem(), failure.getStage(), failure.getKindName(), failure.getMessage());
    }
  }

  /**
   * Computes what is missing of what is trained on.
   *
   * @return names of the shards
   */
  static List<String> run(
      TrainingPlan plan, RunFolder run, TrainingRun.Pipelines pipelines, Consumer<String> log)
      throws IOException {
    PrepareCorpus prepare = prepare(plan, plan.identity().features().forTraining(), run);
    compute("features", prepare, plan.execution().features(run.root()), pipelines, log);
    List<FailureRow> rows = new ArrayList<>();
    prepare.failures().forEach(failure -> rows.add(FailureRow.of(failure)));
    JsonLines.writeRows(run.root().resolve("failures.jsonl"), rows);
    if (!rows.isEmpty()) {
      log.accept(rows.size() + " utterances have no features and are omitted: failures.jsonl");
    }
    return prepare.shardNames();
  }

  /**
   * Computes what is missing of the degraded utterances, which are judged and not trained on. One
   * that has no features is not judged.
   *
   * @return names of the shards; empty if the run does not judge them
   */
  static List<String> conditions(
      TrainingPlan plan, RunFolder run, TrainingRun.Pipelines pipelines, Consumer<String> log)
      throws IOException {
    if (!plan.identity().features().conditions()) {
      return List.of();
    }
    PrepareCorpus prepare = prepare(plan, plan.identity().features().forConditions(), run);
    compute("degraded features", prepare, plan.execution().features(run.root()), pipelines, log);
    return prepare.shardNames();
  }

  private static PrepareCorpus prepare(TrainingPlan plan, FeaturePlan features, RunFolder run) {
    return PrepareCorpus.of(
        plan.corpus().utterances(), features, plan.execution().features(run.root()));
  }

  private static void compute(
      String what,
      PrepareCorpus prepare,
      String folder,
      TrainingRun.Pipelines pipelines,
      Consumer<String> log)
      throws IOException {
    int found = prepare.shardsFound();
    int shards = prepare.shardNames().size();
    log.accept(
        "%s: %s of %s shards are in %s%s"
            .formatted(
                what,
                found,
                shards,
                folder,
                found == shards ? "" : "; the others are computed (other settings, or new files)"));
    if (found < shards) {
      pipelines.run(pipeline -> pipeline.apply("PrepareCorpus", prepare));
    }
  }
}
