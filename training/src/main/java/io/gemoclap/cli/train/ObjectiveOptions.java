package io.gemoclap.cli.train;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.objective.Targets;
import io.gemoclap.training.objective.Variant;
import io.gemoclap.training.prompts.PromptMode;
import picocli.CommandLine.Option;

/** Options of {@code gemoclap train} that say what is learned. */
final class ObjectiveOptions {
  @Option(names = "--variant", defaultValue = "SL", description = "${COMPLETION-CANDIDATES}.")
  private Variant variant;

  @Option(names = "--alpha", defaultValue = "0.75", description = "Weight of emotion, 0 to 1.")
  private double alpha;

  @Option(
      names = "--targets",
      defaultValue = "ROW",
      description = "Target normalisation: ${COMPLETION-CANDIDATES} (SOFTMAX is the paper's).")
  private Targets targets;

  @Option(
      names = "--prompts",
      defaultValue = "emotion+gender",
      description = "Content of the training sentences: emotion or emotion+gender.")
  private String prompts;

  /**
   * The settings.
   *
   * @throws WrongUsageException naming the option that is out of range
   */
  TrainConfig.Objective toObjective() {
    PromptMode mode =
        switch (prompts) {
          case "emotion" -> PromptMode.EMOTION;
          case "emotion+gender" -> PromptMode.EMOTION_GENDER;
          default ->
              throw new WrongUsageException(
                  "--prompts must be emotion or emotion+gender, not '" + prompts + "'");
        };
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new WrongUsageException("--alpha must be 0 to 1, not " + alpha);
    }
    return new TrainConfig.Objective(variant, alpha, targets, mode);
  }
}
