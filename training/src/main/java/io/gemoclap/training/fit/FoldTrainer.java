package io.gemoclap.training.fit;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.AudioConfig;
import io.gemoclap.model.ByteLevelBpe;
import io.gemoclap.model.FloatTensor;
import io.gemoclap.model.Tensors;
import io.gemoclap.model.TextTokenizer;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.training.augment.FeatureTable;
import io.gemoclap.training.augment.SpecAugment;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import io.gemoclap.training.objective.ContrastiveLoss;
import io.gemoclap.training.prompts.PromptMode;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains two towers on some utterances for a fixed number of epochs: no checkpoint is chosen, so
 * nothing can leak from a test part. Beam-free; one at a time in a process, since DJL allows one
 * gradient collector.
 */
public final class FoldTrainer implements AutoCloseable {
  private final TrainConfig config;
  private final List<String> labels;
  private final Wordings wordings;
  private final ByteLevelBpe bpe;
  private final Map<String, FloatTensor> textWeights;
  private final FeatureTable features;
  private final NDManager manager;
  private final SplittableRandom random;
  private TwoTowers towers;
  private SpecAugment specAugment;

  /**
   * A trainer.
   *
   * @param labels emotion labels of the corpus
   * @param bpe tokens of the text tower
   * @param textWeights what {@link TextWarmUp} taught the text tower
   */
  public FoldTrainer(
      TrainConfig config,
      List<String> labels,
      Wordings wordings,
      ByteLevelBpe bpe,
      Map<String, FloatTensor> textWeights,
      FeatureTable features) {
    TorchEngine.seed((int) config.seed());
    this.config = config;
    this.labels = List.copyOf(labels);
    this.wordings = wordings;
    this.bpe = bpe;
    this.textWeights = textWeights;
    this.features = features;
    this.manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    this.random = new SplittableRandom(config.seed());
  }

  /** Is told the mean loss of each epoch. */
  public interface Progress {
    /** Called after epoch {@code epoch}, counted from 1. */
    void epoch(int epoch, double loss);
  }

  /** Shape of the audio encoder that the settings ask for. */
  public AudioConfig audioConfig(int inputSize) {
    return new AudioConfig(
        config.encoder(),
        inputSize,
        config.hiddenSize(),
        config.layers(),
        config.inputDropout(),
        config.hiddenDropout());
  }

  /** Trains from random weights; the towers live until this trainer is closed. */
  public TwoTowers train(List<Utterance> utterances, Progress progress) throws IOException {
    int inputSize = features.clean(utterances.get(0)).dims();
    towers =
        TwoTowers.untrained(
            manager,
            audioConfig(inputSize),
            bpe,
            config.dims(),
            config.hiddenDropout(),
            config.seed());
    towers.restore(manager, textWeights);
    Standardization standardization = Standardization.of(utterances, features);
    standardization.applyTo(towers, manager);
    specAugment = new SpecAugment(standardization.means());
    ContrastiveLoss objective =
        new ContrastiveLoss(config.variant(), config.alpha(), config.targets());
    int stepsPerEpoch = Math.max(1, utterances.size() / config.batchSize());
    Schedule schedule = new Schedule(config.epochs() * stepsPerEpoch, config.warmup());
    try (TextTokenizer tokenizer = TextTokenizer.of(bpe);
        AdamW optimizer =
            new AdamW(manager, towers.named(), config.weightDecay(), config.clipNorm())) {
      int step = 0;
      for (int epoch = 1; epoch <= config.epochs(); epoch++) {
        List<Utterance> order = shuffled(utterances);
        double sum = 0;
        for (int b = 0; b < stepsPerEpoch; b++, step++) {
          int from = b * config.batchSize();
          int to = Math.min(order.size(), from + config.batchSize());
          sum += backward(order.subList(from, to), objective, tokenizer);
          double factor = schedule.factor(step);
          optimizer.step(config.learningRate() * factor, config.textLearningRate() * factor);
        }
        progress.epoch(epoch, sum / stepsPerEpoch);
      }
    }
    return towers;
  }

  /** Runs one batch forward and backward; the gradients stay on the parameters. */
  private double backward(
      List<Utterance> batch, ContrastiveLoss objective, TextTokenizer tokenizer) {
    int n = batch.size();
    int[] emotions = new int[n];
    int[] genders = new int[n];
    List<FeatureMatrix> speech = new ArrayList<>();
    // Each distinct sentence is encoded once and its vector gathered for all its pairs.
    Map<String, Integer> sentences = new LinkedHashMap<>();
    long[] sentenceOf = new long[n];
    Map<String, String> drawn = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      Utterance utterance = batch.get(i);
      emotions[i] = labels.indexOf(utterance.emotion());
      genders[i] = utterance.gender().index();
      List<FeatureMatrix> versions = features.versions(utterance);
      FeatureMatrix version = versions.get(random.nextInt(versions.size()));
      speech.add(version.frames() > 1 ? specAugment.mask(version, random) : version);
      boolean named = config.prompts() == PromptMode.EMOTION_GENDER && random.nextBoolean();
      Gender gender = named && utterance.gender() != Gender.UNKNOWN ? utterance.gender() : null;
      String key = utterance.emotion() + gender + random.nextInt(2);
      String sentence =
          drawn.computeIfAbsent(key, k -> wordings.draw(utterance.emotion(), gender, random));
      sentenceOf[i] = sentences.computeIfAbsent(sentence, s -> sentences.size());
    }
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
        NDManager scope = manager.newSubManager()) {
      NDArray audio = towers.embedSpeech(scope, speech, true);
      NDArray distinct =
          towers.embedText(scope, tokenizer.encode(List.copyOf(sentences.keySet())), true);
      NDArray text = Tensors.embedding(Tensors.longs(scope, sentenceOf, n), distinct);
      NDArray loss =
          objective.of(
              audio, text, towers.logScaleAudio(), towers.logScaleText(), emotions, genders);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  private List<Utterance> shuffled(List<Utterance> utterances) {
    List<Utterance> order = new ArrayList<>(utterances);
    for (int i = order.size() - 1; i > 0; i--) {
      java.util.Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }

  @Override
  public void close() {
    manager.close();
  }
}
