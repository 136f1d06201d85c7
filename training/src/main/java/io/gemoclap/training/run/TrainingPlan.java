package io.gemoclap.training.run;

import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.folds.Folds;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run is asked for.
 *
 * @param corpus what is learned from
 * @param folds how it is split
 * @param config how each fold is trained
 * @param pretrained local folder of the bundle whose towers are fine-tuned; null for compact towers
 *     from scratch
 * @param gpu whether folds train on the first GPU
 * @param spec the features
 * @param copies perturbed copies of each utterance
 * @param featureSeed decides the perturbations
 * @param normalize whose statistics standardise the features
 * @param priorWeight utterances of a group that the corpus weighs as much as; above 0
 * @param featuresFolder where features are kept, to be shared by runs; empty for the run's folder
 * @param checkpointSeconds least time from one checkpoint to the next
 * @param memory largest heap of a fold's JVM, as of {@code -Xmx}
 * @param finalBundle whether a bundle is trained on everything after the folds
 * @param command the command with its arguments, for the report
 */
public record TrainingPlan(
    Corpus corpus,
    Folds folds,
    TrainConfig config,
    Path pretrained,
    boolean gpu,
    FeatureSpec spec,
    int copies,
    long featureSeed,
    Normalization normalize,
    double priorWeight,
    String featuresFolder,
    double checkpointSeconds,
    String memory,
    boolean finalBundle,
    List<String> command) {

  /** Folder of the features. */
  String features(Path run) {
    return featuresFolder.isEmpty() ? run.resolve("features").toString() : featuresFolder;
  }
}
