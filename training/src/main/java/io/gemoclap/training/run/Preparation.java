package io.gemoclap.training.run;

import io.gemoclap.failure.Failure;
import io.gemoclap.table.JsonLines;
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
   * Computes what is missing.
   *
   * @return names of the shards
   */
  static List<String> run(
      TrainingPlan plan, RunFolder run, TrainingRun.Pipelines pipelines, Consumer<String> log)
      throws IOException {
    String folder = plan.execution().features(run.root());
    PrepareCorpus prepare =
        PrepareCorpus.of(plan.corpus().utterances(), plan.identity().features(), folder);
    int found = prepare.shardsFound();
    int shards = prepare.shardNames().size();
    log.accept(
        "features: %s of %s shards are in %s%s"
            .formatted(
                found,
                shards,
                folder,
                found == shards ? "" : "; the others are computed (other settings, or new files)"));
    if (found < shards) {
      pipelines.run(pipeline -> pipeline.apply("PrepareCorpus", prepare));
    }
    List<FailureRow> rows = new ArrayList<>();
    prepare.failures().forEach(failure -> rows.add(FailureRow.of(failure)));
    JsonLines.writeRows(run.root().resolve("failures.jsonl"), rows);
    if (!rows.isEmpty()) {
      log.accept(rows.size() + " utterances have no features and are omitted: failures.jsonl");
    }
    return prepare.shardNames();
  }
}
