package io.gemoclap.training.fit;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.audio.CompactConfig;
import io.gemoclap.model.audio.FunctionalsEncoder;
import io.gemoclap.model.blocks.AudioConfig;
import io.gemoclap.model.blocks.LogitScale;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.text.ByteLevelBpe;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.training.corpus.Utterance.Gender;
import io.gemoclap.training.objective.ContrastiveLoss;
import io.gemoclap.training.prompts.PromptMode;
import io.gemoclap.training.prompts.TaughtTexts;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains the text tower before any audio: different wordings of the same emotion (and gender) are
 * drawn together by the same objective, with a second sentence in the place of speech, and a
 * teacher shows what other words and phrases for feelings mean ({@link Distillation}). A text tower
 * from scratch would otherwise learn far more slowly than the audio tower. Sees no utterance, so
 * all folds may start from one warm-up.
 */
public final class TextWarmUp {
  private static final int WORDINGS_PER_CLASS = 3;
  private static final int TAUGHT_TEXTS = 96;
  private static final AudioConfig NO_AUDIO =
      new CompactConfig(FunctionalsEncoder.KIND, 1, 1, 1, 0, 0);

  private final TrainConfig config;
  private final List<String> labels;
  private final Wordings wordings;
  private final ByteLevelBpe bpe;
  private final SplittableRandom random;
  private final ContrastiveLoss objective;
  private final Distillation distillation;

  /** Receives the smoothed loss of each step. */
  public interface Progress {
    /** Called after step {@code step}, counted from 1. */
    void step(int step, double loss);
  }

  /** Prepares a warm-up for the labels of a corpus. */
  public TextWarmUp(TrainConfig config, List<String> labels, Wordings wordings, ByteLevelBpe bpe) {
    this.config = config;
    this.labels = labels;
    this.wordings = wordings;
    this.bpe = bpe;
    this.random = new SplittableRandom(config.seed());
    TrainConfig.Objective wanted = config.objective();
    this.objective = new ContrastiveLoss(wanted.variant(), wanted.alpha(), wanted.targets());
    this.distillation =
        config.optimization().textTeacher() > 0
            ? new Distillation(TAUGHT_TEXTS, labels, wordings, TaughtTexts.load())
            : null;
  }

  /** Trains a text tower and returns its weights by name; progress gets step and loss. */
  public Map<String, FloatTensor> run(Progress progress) throws IOException {
    TorchEngine.seed((int) config.seed());
    TrainConfig.Optimization optimization = config.optimization();
    Schedule schedule =
        new Schedule(optimization.textSteps(), optimization.warmup(), optimization.decay());
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        TextTokenizer tokenizer = TextTokenizer.of(bpe)) {
      TwoTowers towers =
          TwoTowers.untrained(manager, NO_AUDIO, bpe, config.network().dims(), 0, config.seed());
      Map<String, Parameter> parameters = towers.textParameters();
      try (AdamW optimizer =
          new AdamW(manager, parameters, optimization.weightDecay(), optimization.clipNorm())) {
        double smooth = Double.NaN;
        for (int step = 0; step < optimization.textSteps(); step++) {
          double loss = backward(manager, towers, tokenizer);
          double rate = optimization.textStepsLearningRate() * schedule.factor(step);
          optimizer.step(name -> rate);
          smooth = Double.isNaN(smooth) ? loss : 0.95 * smooth + 0.05 * loss;
          progress.step(step + 1, smooth);
        }
      }
      Map<String, FloatTensor> weights = towers.snapshot();
      weights.keySet().retainAll(parameters.keySet());
      return weights;
    }
  }

  private double backward(NDManager manager, TwoTowers towers, TextTokenizer tokenizer) {
    boolean named =
        config.objective().prompts() == PromptMode.EMOTION_GENDER && random.nextBoolean();
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    List<Integer> emotions = new ArrayList<>();
    List<Integer> genders = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      for (Gender gender : Gender.named()) {
        for (int i = 0; i < WORDINGS_PER_CLASS; i++) {
          left.add(wordings.draw(labels.get(label), named ? gender : null, random));
          right.add(wordings.draw(labels.get(label), named ? gender : null, random));
          emotions.add(label);
          genders.add(named && gender == Gender.MALE ? 1 : 0);
        }
      }
    }
    List<String> all = new ArrayList<>(left);
    all.addAll(right);
    int n = left.size();
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
        NDManager scope = manager.newSubManager()) {
      NDArray vectors = towers.embedText(scope, tokenizer.encode(all), true);
      NDArray loss =
          objective.of(
              vectors.get("0:" + n),
              vectors.get(n + ":" + 2 * n),
              Tensors.full(scope, Math.log(LogitScale.START)),
              Tensors.full(scope, Math.log(LogitScale.START)),
              emotions.stream().mapToInt(Integer::intValue).toArray(),
              genders.stream().mapToInt(Integer::intValue).toArray());
      if (distillation != null) {
        NDArray taught = distillation.loss(scope, towers, tokenizer, random);
        loss = loss.add(Tensors.scale(taught, config.optimization().textTeacher()));
      }
      collector.backward(loss);
      return loss.getFloat();
    }
  }
}
