package io.gemoclap.training.fit;

import io.gemoclap.training.objective.Targets;
import io.gemoclap.training.objective.Variant;
import io.gemoclap.training.prompts.PromptMode;

/**
 * Everything that decides a training run besides the data. The defaults are the published run.
 *
 * @param variant objective
 * @param alpha weight of the emotion match, [0, 1]
 * @param targets target normalisation
 * @param prompts what the sentences say
 * @param encoder kind of the audio encoder
 * @param copies perturbed copies of each utterance
 * @param epochs passes over the utterances
 * @param batchSize pairs in a batch
 * @param learningRate peak rate of the audio tower and both heads
 * @param textLearningRate peak rate of the text tower
 * @param warmUpLearningRate peak rate of the text tower's warm-up
 * @param textSteps steps of text warm-up before any audio
 * @param weightDecay decoupled decay of weight matrices
 * @param warmup share of the steps over which the rate rises
 * @param clipNorm largest Euclidean norm of the whole gradient
 * @param dims size of the shared space
 * @param hiddenSize width of the audio encoder
 * @param layers depth of the audio encoder
 * @param inputDropout dropout of the features
 * @param hiddenDropout dropout after hidden layers
 * @param seed decides weights, order, perturbations and sentences
 */
public record TrainConfig(
    Variant variant,
    double alpha,
    Targets targets,
    PromptMode prompts,
    String encoder,
    int copies,
    int epochs,
    int batchSize,
    double learningRate,
    double textLearningRate,
    double warmUpLearningRate,
    int textSteps,
    double weightDecay,
    double warmup,
    double clipNorm,
    int dims,
    int hiddenSize,
    int layers,
    double inputDropout,
    double hiddenDropout,
    long seed) {}
