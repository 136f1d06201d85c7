package io.gemoclap.training.run;

import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.folds.Folds;
import java.util.List;

/**
 * The settings of a run.
 *
 * @param corpus what is learned from
 * @param folds how it is split
 * @param identity everything that decides the numbers, the corpus and the folds as digests
 * @param execution how the run is carried out
 * @param command the command with its arguments, for the report
 */
public record TrainingPlan(
    Corpus corpus,
    Folds folds,
    RunIdentity identity,
    RunExecution execution,
    List<String> command) {

  /** Copies the command. */
  public TrainingPlan {
    command = List.copyOf(command);
  }
}
