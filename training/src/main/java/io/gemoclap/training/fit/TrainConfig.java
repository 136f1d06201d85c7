package io.gemoclap.training.fit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.auto.value.AutoBuilder;
import io.gemoclap.model.audio.FunctionalsEncoder;
import io.gemoclap.training.objective.Targets;
import io.gemoclap.training.objective.Variant;
import io.gemoclap.training.prompts.PromptMode;
import org.jspecify.annotations.Nullable;

/**
 * All settings of the training of a fold. The defaults are the published run. An immutable value
 * that Jackson writes and reads back.
 *
 * @param objective what is learned
 * @param network shape of the towers
 * @param optimization how the weights move
 * @param sampling which utterances make a batch
 * @param topLayers transformer layers of each encoder, counted from its output, that are trained in
 *     addition to the projection heads, 0 for the heads alone; null trains everything
 * @param seed decides weights, order, dropout, perturbations and sentences
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TrainConfig(
    Objective objective,
    Network network,
    Optimization optimization,
    Sampling sampling,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer topLayers,
    long seed) {

  /**
   * What is learned.
   *
   * @param variant which matches are compared
   * @param alpha weight of the emotion match, [0, 1]
   * @param targets target normalisation
   * @param prompts what the sentences say
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Objective(Variant variant, double alpha, Targets targets, PromptMode prompts) {}

  /**
   * Shape of the towers.
   *
   * @param encoder kind of the audio encoder
   * @param dims size of the shared space
   * @param hiddenSize width of the audio encoder
   * @param layers depth of the audio encoder
   * @param inputDropout dropout of the features
   * @param hiddenDropout dropout after hidden layers
   * @param voiceSize width of the voice branch, which hierarchically normalised features have; 0
   *     for none
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Network(
      String encoder,
      int dims,
      int hiddenSize,
      int layers,
      double inputDropout,
      double hiddenDropout,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int voiceSize) {
    /** Without a voice branch. */
    public Network(
        String encoder,
        int dims,
        int hiddenSize,
        int layers,
        double inputDropout,
        double hiddenDropout) {
      this(encoder, dims, hiddenSize, layers, inputDropout, hiddenDropout, 0);
    }
  }

  /** How the learning rate falls after its rise. */
  public enum Decay {
    /** Half a cosine, to zero. */
    COSINE,
    /** A straight line, to zero. */
    LINEAR
  }

  /**
   * How the weights move.
   *
   * @param epochs passes over the utterances, at most
   * @param patience epochs without a better score on the development part after which training
   *     ends; 0 never ends it early
   * @param batchSize pairs in a batch, whose N × N matches are compared
   * @param microBatch pairs that are in memory at once with their activations; 0 for the whole
   *     batch
   * @param learningRate peak rate of the audio tower, and of all that has no rate of its own
   * @param textLearningRate peak rate of the text tower
   * @param freezeAudioEpochs epochs at the start in which the audio tower stays as it is, so that
   *     heads settle on a pretrained one
   * @param freezeTextEpochs the same for the text tower
   * @param decay how the rate falls
   * @param warmup share of the steps over which the rate rises
   * @param weightDecay decoupled decay of weight matrices
   * @param clipNorm largest Euclidean norm of the whole gradient
   * @param averaging decay of the exponential moving average of the weights that is judged and
   *     kept, such as 0.99; 0 for the weights themselves
   * @param textSteps steps in which the text tower learns its words before any audio
   * @param textStepsLearningRate peak rate of those steps
   * @param textTeacher weight of the loss by which the text tower learns from its teacher, in the
   *     steps before any audio and in those with audio; 0 for no teacher
   * @param headLearningRate peak rate of projection heads and logit scales; null for {@code
   *     learningRate}
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Optimization(
      int epochs,
      int patience,
      int batchSize,
      int microBatch,
      double learningRate,
      double textLearningRate,
      int freezeAudioEpochs,
      int freezeTextEpochs,
      Decay decay,
      double warmup,
      double weightDecay,
      double clipNorm,
      double averaging,
      int textSteps,
      double textStepsLearningRate,
      double textTeacher,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double headLearningRate) {

    /** A builder that starts with these settings. */
    public Builder toBuilder() {
      return new AutoBuilder_TrainConfig_Optimization_Builder(this);
    }

    /** Builds settings of an optimisation; each setter is named after its field. */
    @AutoBuilder
    public abstract static class Builder {
      public abstract Builder setEpochs(int epochs);

      public abstract Builder setPatience(int patience);

      public abstract Builder setBatchSize(int batchSize);

      public abstract Builder setMicroBatch(int microBatch);

      public abstract Builder setLearningRate(double learningRate);

      public abstract Builder setTextLearningRate(double textLearningRate);

      public abstract Builder setFreezeAudioEpochs(int freezeAudioEpochs);

      public abstract Builder setFreezeTextEpochs(int freezeTextEpochs);

      public abstract Builder setDecay(Decay decay);

      public abstract Builder setWarmup(double warmup);

      public abstract Builder setWeightDecay(double weightDecay);

      public abstract Builder setClipNorm(double clipNorm);

      public abstract Builder setAveraging(double averaging);

      public abstract Builder setTextSteps(int textSteps);

      public abstract Builder setTextStepsLearningRate(double textStepsLearningRate);

      public abstract Builder setTextTeacher(double textTeacher);

      public abstract Builder setHeadLearningRate(@Nullable Double headLearningRate);

      /** The settings. */
      public abstract Optimization build();
    }
  }

  /** What is made even by drawing some utterances more often than others. */
  public enum Balance {
    /** Nothing: every utterance once an epoch. */
    NONE,
    /** Emotions. */
    CLASS,
    /** Emotions, and speakers within each. */
    CLASS_AND_SPEAKER
  }

  /**
   * Which utterances make a batch.
   *
   * @param balance what is made even
   * @param buffer utterances among which the next is drawn while shards stream by
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Sampling(Balance balance, int buffer) {}

  /** The published run. */
  public static TrainConfig defaults() {
    return new TrainConfig(
        new Objective(Variant.SL, 0.75, Targets.ROW, PromptMode.EMOTION_GENDER),
        new Network(FunctionalsEncoder.KIND, 128, 256, 1, 0.1, 0.2),
        new AutoBuilder_TrainConfig_Optimization_Builder()
            .setEpochs(60)
            .setPatience(0)
            .setBatchSize(64)
            .setMicroBatch(0)
            .setLearningRate(2e-3)
            .setTextLearningRate(2e-4)
            .setFreezeAudioEpochs(0)
            .setFreezeTextEpochs(0)
            .setDecay(Decay.COSINE)
            .setWarmup(0.05)
            .setWeightDecay(0.01)
            .setClipNorm(5)
            .setAveraging(0)
            .setTextSteps(1000)
            .setTextStepsLearningRate(1e-3)
            .setTextTeacher(1)
            .build(),
        new Sampling(Balance.NONE, 4096),
        null,
        1);
  }

  /** The same, otherwise optimised. */
  public TrainConfig withOptimization(Optimization other) {
    return new TrainConfig(objective, network, other, sampling, topLayers, seed);
  }

  /** The same for another number of epochs, all of which are trained. */
  public TrainConfig forEpochs(int epochs) {
    return withOptimization(optimization.toBuilder().setEpochs(epochs).setPatience(0).build());
  }
}
