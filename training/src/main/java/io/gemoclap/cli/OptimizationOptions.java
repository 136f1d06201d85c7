package io.gemoclap.cli;

import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.fit.TrainConfig.Balance;
import io.gemoclap.training.fit.TrainConfig.Decay;
import picocli.CommandLine.Option;

/** Options of {@code gemoclap train} that say how the weights move. */
final class OptimizationOptions {
  @Option(
      names = "--epochs",
      defaultValue = "60",
      description = "Passes over the utterances, at most. Default: 60.")
  int epochs = 60;

  @Option(
      names = "--patience",
      defaultValue = "0",
      description =
          "Epochs without a better development score after which a fold ends; 0, the default, never"
              + " ends it early.")
  int patience;

  @Option(names = "--batch", defaultValue = "64", description = "Pairs in a batch. Default: 64.")
  int batch = 64;

  @Option(
      names = "--micro-batch",
      defaultValue = "0",
      description =
          "Pairs in memory at once; the gradient stays that of the whole batch. Default: 0, all.")
  int microBatch;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.002",
      description = "Peak rate of the audio tower and both heads. Default: 0.002.")
  double learningRate = 2e-3;

  @Option(
      names = "--text-learning-rate",
      defaultValue = "0.0002",
      description = "Peak rate of the text tower. Default: 0.0002.")
  double textLearningRate = 2e-4;

  @Option(
      names = "--freeze-audio",
      defaultValue = "0",
      description = "Epochs at the start in which the audio tower stays as it is. Default: 0.")
  int freezeAudio;

  @Option(
      names = "--freeze-text",
      defaultValue = "0",
      description = "The same for the text tower. Default: 0.")
  int freezeText;

  @Option(
      names = "--decay",
      defaultValue = "COSINE",
      description = "How the rate falls: ${COMPLETION-CANDIDATES}. Default: COSINE.")
  Decay decay = Decay.COSINE;

  @Option(
      names = "--averaging",
      defaultValue = "0",
      description =
          "Decay of the moving average of weights that is kept, such as 0.99; 0, the default, keeps"
              + " the weights themselves.")
  double averaging;

  @Option(
      names = "--text-steps",
      defaultValue = "1000",
      description = "Steps of text warm-up before any audio. Default: 1000.")
  int textSteps = 1000;

  @Option(
      names = "--balance",
      defaultValue = "NONE",
      description =
          "What is made even by drawing some utterances more often: ${COMPLETION-CANDIDATES}."
              + " Default: NONE.")
  Balance balance = Balance.NONE;

  @Option(
      names = "--shuffle-buffer",
      defaultValue = "4096",
      description = "Utterances among which the next is drawn. Default: 4096.")
  int buffer = 4096;

  /**
   * The settings.
   *
   * @throws WrongUsageException naming the option that is out of range
   */
  TrainConfig.Optimization toOptimization() {
    require(epochs >= 1, "--epochs is at least 1, not " + epochs);
    require(patience >= 0, "--patience is at least 0, not " + patience);
    require(batch >= 2, "--batch is at least 2, not " + batch);
    require(microBatch >= 0, "--micro-batch is at least 0, not " + microBatch);
    require(learningRate > 0, "--learning-rate is above 0, not " + learningRate);
    require(textLearningRate >= 0, "--text-learning-rate is at least 0, not " + textLearningRate);
    require(averaging >= 0 && averaging < 1, "--averaging lies in [0, 1), not " + averaging);
    require(textSteps >= 0, "--text-steps is at least 0, not " + textSteps);
    require(buffer >= 1, "--shuffle-buffer is at least 1, not " + buffer);
    TrainConfig.Optimization defaults = TrainConfig.defaults().optimization();
    return new TrainConfig.Optimization(
        epochs,
        patience,
        batch,
        microBatch,
        learningRate,
        textLearningRate,
        freezeAudio,
        freezeText,
        decay,
        defaults.warmup(),
        defaults.weightDecay(),
        defaults.clipNorm(),
        averaging,
        textSteps,
        defaults.textStepsLearningRate());
  }

  private static void require(boolean fits, String otherwise) {
    if (!fits) {
      throw new WrongUsageException(otherwise);
    }
  }
}
