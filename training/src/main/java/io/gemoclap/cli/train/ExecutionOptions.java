package io.gemoclap.cli.train;

import io.gemoclap.training.run.RunExecution;
import java.nio.file.Path;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/**
 * Options of {@code gemoclap train} that say how a run is carried out. None of them changes its
 * numbers, so all of them may differ when a run is resumed.
 */
final class ExecutionOptions {
  @Option(
      names = "--features",
      defaultValue = "",
      showDefaultValue = Visibility.NEVER,
      description =
          "Folder for the features, on any Beam file system; runs can share it. Default: in"
              + " the output folder.")
  private String features = "";

  /** Folder for the features; empty for one in the run folder. */
  String features() {
    return features;
  }

  @Option(
      names = "--checkpoint-seconds",
      defaultValue = "60",
      description = "Minimum seconds between checkpoints of a fold.")
  private double checkpointSeconds = 60;

  @Option(
      names = "--fold-memory",
      defaultValue = "1g",
      description = "Maximum heap of a fold's process.")
  private String memory = "1g";

  @Option(
      names = "--no-final",
      description = "Only cross-validate; do not train the final bundle on all data.")
  boolean noFinal;

  @Option(names = "--gpu", description = "Train on the first GPU.")
  private boolean gpu;

  @Option(names = "--overwrite", description = "Empty the output folder first.")
  boolean overwrite;

  @Option(
      names = "--resume",
      description =
          "Continue an interrupted run in the output folder. The options above must be the same"
              + " as before; the options of this group may differ.")
  boolean resume;

  /** What the options say, with the local folder of the bundle that is fine-tuned, or null. */
  RunExecution toExecution(Path pretrained) {
    return new RunExecution(pretrained, gpu, features, checkpointSeconds, memory, !noFinal);
  }
}
