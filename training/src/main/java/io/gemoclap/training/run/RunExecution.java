package io.gemoclap.training.run;

import java.nio.file.Path;

/**
 * How a run is carried out. None of it decides the numbers, so all of it may change from one
 * process of a run to the next.
 *
 * @param pretrained local folder of the bundle whose towers are fine-tuned; null for towers from
 *     scratch
 * @param gpu whether folds train on the first GPU
 * @param features folder where features are kept, on any Beam file system, to be shared by runs;
 *     empty for the run's own folder
 * @param checkpointSeconds least time from one checkpoint to the next
 * @param memory largest heap of a fold's JVM, as of {@code -Xmx}
 * @param finalBundle whether a bundle is trained on everything after the folds
 */
public record RunExecution(
    Path pretrained,
    boolean gpu,
    String features,
    double checkpointSeconds,
    String memory,
    boolean finalBundle) {

  /** Folder of the features of a run. */
  String features(Path run) {
    return features.isEmpty() ? run.resolve("features").toString() : features;
  }
}
