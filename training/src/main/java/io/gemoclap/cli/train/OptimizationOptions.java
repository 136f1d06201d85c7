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
      description = "Maximum number of passes over the utterances.")
  int epochs = 60;

  @Option(
      names = "--patience",
      defaultValue = "0",
      description =
          "Epochs without a better development score before a fold ends; 0 never ends it"
              + " early.")
  int patience;

  @Option(names = "--batch", defaultValue = "64", description = "Pairs in a batch.")
  int batch = 64;

  @Option(
      names = "--micro-batch",
      defaultValue = "0",
      description =
          "Pairs in memory at once; the gradient is still that of the whole batch; 0 for all"
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
      description = "Epochs at the start in which the audio tower is frozen.")
  int freezeAudio;

  @Option(names = "--freeze-text", defaultValue = "0", description = "The same for the text tower.")
  int freezeText;

  @Option(
      names = "--decay",
      defaultValue = "COSINE",
      description = "Decay of the rate: ${COMPLETION-CANDIDATES}.")
  Decay decay = Decay.COSINE;

  @Option(
      names = "--averaging",
      defaultValue = "0",
      description =
          "Decay of the moving average of weights, such as 0.99; 0 keeps the weights"
              + " themselves.")
  double averaging;

  @Option(
      names = "--text-steps",
      description =
          "Steps of text warm-up before audio training. Default: 1000; none with a bundle.")
  Integer textSteps;

  @Option(
      names = "--text-teacher",
      description =
          "Weight of what the text tower learns from its teacher's word vectors. Default: 1; 0"
              + " with a bundle.")
  Double textTeacher;

  @Option(
      names = "--balance",
      defaultValue = "NONE",
      description =
          "What to balance by drawing some utterances more often: ${COMPLETION-CANDIDATES}.")
  Balance balance = Balance.NONE;

  @Option(
      names = "--shuffle-buffer",
      defaultValue = "4096",
      description = "Number of utterances from which the next one is drawn.")
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
    require(epochs >= 1, "--epochs must be at least 1, not " + epochs);
    require(patience >= 0, "--patience must be at least 0, not " + patience);
    require(batch >= 2, "--batch must be at least 2, not " + batch);
    require(microBatch >= 0, "--micro-batch must be at least 0, not " + microBatch);
    require(audioRate > 0, "--learning-rate must be above 0, not " + audioRate);
    require(textRate >= 0, "--text-learning-rate must be at least 0, not " + textRate);
    require(
        headLearningRate == null || headLearningRate > 0,
        "--head-learning-rate must be above 0, not " + headLearningRate);
    require(averaging >= 0 && averaging < 1, "--averaging must be in [0, 1), not " + averaging);
    require(warmUp >= 0, "--text-steps must be at least 0, not " + warmUp);
    require(
        !pretrained || warmUp == 0,
        "--text-steps cannot be used with a bundle, whose text tower is already trained");
    double teacher = or(textTeacher, pretrained ? 0 : defaults.textTeacher());
    require(teacher >= 0, "--text-teacher must be at least 0, not " + teacher);
    require(
        !pretrained || teacher == 0,
        "--text-teacher cannot be used with a bundle, whose text tower is already trained");
    require(buffer >= 1, "--shuffle-buffer must be at least 1, not " + buffer);
    return defaults.toBuilder()
        .setEpochs(epochs)
        .setPatience(patience)
        .setBatchSize(batch)
        .setMicroBatch(microBatch)
        .setLearningRate(audioRate)
        .setTextLearningRate(textRate)
        .setFreezeAudioEpochs(freezeAudio)
        .setFreezeTextEpochs(freezeText)
        .setDecay(decay)
        .setAveraging(averaging)
        .setTextSteps(warmUp)
        .setTextTeacher(teacher)
        .setHeadLearningRate(headLearningRate)
        .build();
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
