package io.gemoclap.cli.train;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.fit.TrainConfig.Balance;
import io.gemoclap.training.fit.TrainConfig.Decay;
import picocli.CommandLine.Option;

/** Options of {@code gemoclap train} that say how the weights move. */
final class OptimizationOptions {
  /** What the reference implementation of the paper fine-tunes with. */
  private static final double FINE_TUNING_RATE = 2e-5;

  @Option(
      names = "--epochs",
      defaultValue = "60",
      description = "Passes over the utterances, at most.")
  int epochs = 60;

  @Option(
      names = "--patience",
      defaultValue = "0",
      description =
          "Epochs without a better development score after which a fold ends; 0 never ends it"
              + " early.")
  int patience;

  @Option(names = "--batch", defaultValue = "64", description = "Pairs in a batch.")
  int batch = 64;

  @Option(
      names = "--micro-batch",
      defaultValue = "0",
      description =
          "Pairs in memory at once; the gradient stays that of the whole batch; 0 for all"
              + " of them.")
  int microBatch;

  @Option(
      names = "--learning-rate",
      description = "Peak rate of the audio tower. Default: 0.002; from a bundle 0.00002.")
  Double learningRate;

  @Option(
      names = "--text-learning-rate",
      description = "Peak rate of the text tower. Default: 0.0002; from a bundle 0.00002.")
  Double textLearningRate;

  @Option(
      names = "--head-learning-rate",
      description = "Peak rate of projection heads and logit scales. Default: --learning-rate.")
  Double headLearningRate;

  @Option(
      names = "--freeze-audio",
      defaultValue = "0",
      description = "Epochs at the start in which the audio tower stays as it is.")
  int freezeAudio;

  @Option(names = "--freeze-text", defaultValue = "0", description = "The same for the text tower.")
  int freezeText;

  @Option(
      names = "--decay",
      defaultValue = "COSINE",
      description = "How the rate falls: ${COMPLETION-CANDIDATES}.")
  Decay decay = Decay.COSINE;

  @Option(
      names = "--averaging",
      defaultValue = "0",
      description =
          "Decay of the moving average of weights that is kept, such as 0.99; 0 keeps the weights"
              + " themselves.")
  double averaging;

  @Option(
      names = "--text-steps",
      description =
          "Steps of text warm-up before any audio. Default: 1000; a bundle has none to take.")
  Integer textSteps;

  @Option(
      names = "--balance",
      defaultValue = "NONE",
      description =
          "What is made even by drawing some utterances more often: ${COMPLETION-CANDIDATES}.")
  Balance balance = Balance.NONE;

  @Option(
      names = "--shuffle-buffer",
      defaultValue = "4096",
      description = "Utterances among which the next is drawn.")
  int buffer = 4096;

  /**
   * The settings.
   *
   * @param pretrained whether training starts from a bundle, whose weights move by small steps
   * @throws WrongUsageException naming the option that is out of range
   */
  TrainConfig.Optimization toOptimization(boolean pretrained) {
    TrainConfig.Optimization defaults = TrainConfig.defaults().optimization();
    double audioRate = or(learningRate, pretrained ? FINE_TUNING_RATE : defaults.learningRate());
    double textRate =
        or(textLearningRate, pretrained ? FINE_TUNING_RATE : defaults.textLearningRate());
    int warmUp = textSteps != null ? textSteps : pretrained ? 0 : defaults.textSteps();
    require(epochs >= 1, "--epochs is at least 1, not " + epochs);
    require(patience >= 0, "--patience is at least 0, not " + patience);
    require(batch >= 2, "--batch is at least 2, not " + batch);
    require(microBatch >= 0, "--micro-batch is at least 0, not " + microBatch);
    require(audioRate > 0, "--learning-rate is above 0, not " + audioRate);
    require(textRate >= 0, "--text-learning-rate is at least 0, not " + textRate);
    require(
        headLearningRate == null || headLearningRate > 0,
        "--head-learning-rate is above 0, not " + headLearningRate);
    require(averaging >= 0 && averaging < 1, "--averaging lies in [0, 1), not " + averaging);
    require(warmUp >= 0, "--text-steps is at least 0, not " + warmUp);
    require(
        !pretrained || warmUp == 0,
        "--text-steps is for a text tower from scratch; a bundle's knows its words");
    require(buffer >= 1, "--shuffle-buffer is at least 1, not " + buffer);
    return new TrainConfig.Optimization(
        epochs,
        patience,
        batch,
        microBatch,
        audioRate,
        textRate,
        freezeAudio,
        freezeText,
        decay,
        defaults.warmup(),
        defaults.weightDecay(),
        defaults.clipNorm(),
        averaging,
        warmUp,
        defaults.textStepsLearningRate(),
        headLearningRate);
  }

  private static double or(Double given, double otherwise) {
    return given == null ? otherwise : given;
  }

  private static void require(boolean fits, String otherwise) {
    if (!fits) {
      throw new WrongUsageException(otherwise);
    }
  }
}
