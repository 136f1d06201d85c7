package io.gemoclap.training.fit;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.gemoclap.model.Tensors;
import io.gemoclap.model.TextTokenizer;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.training.corpus.Utterance.Gender;
import io.gemoclap.training.objective.ContrastiveLoss;
import io.gemoclap.training.prompts.PromptMode;
import io.gemoclap.training.prompts.Wordings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Teaches the text tower its words before any audio is heard: different wordings of the same emotion
 * (and gender) are drawn together by the same objective, with a second sentence in the place of
 * speech. A text tower from scratch would otherwise learn far more slowly than the audio tower.
 */
final class TextWarmUp {
  private static final int WORDINGS_PER_CLASS = 2;

  private final TrainConfig config;
  private final List<String> labels;
  private final Wordings wordings;
  private final SplittableRandom random;

  TextWarmUp(TrainConfig config, List<String> labels, Wordings wordings) {
    this.config = config;
    this.labels = labels;
    this.wordings = wordings;
    this.random = new SplittableRandom(config.seed());
  }

  /** Trains the text tower and its head in place; returns the mean loss of the last ten steps. */
  double run(
      NDManager manager, TwoTowers towers, TextTokenizer tokenizer, ContrastiveLoss objective) {
    Schedule schedule = new Schedule(config.textSteps(), config.warmup());
    double recent = 0;
    try (AdamW optimizer =
        new AdamW(
            manager, towers.textParameters(), config.weightDecay(), config.clipNorm())) {
      for (int step = 0; step < config.textSteps(); step++) {
        double loss = backward(manager, towers, tokenizer, objective);
        double rate = config.textLearningRate() * schedule.factor(step);
        optimizer.step(rate, rate);
        recent = 0.9 * recent + 0.1 * loss;
        if (step % 50 == 49) System.err.println("text " + step + " " + recent);
      }
    }
    return recent;
  }

  private double backward(
      NDManager manager, TwoTowers towers, TextTokenizer tokenizer, ContrastiveLoss objective) {
    boolean named = config.prompts() == PromptMode.EMOTION_GENDER && random.nextBoolean();
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    List<Integer> emotions = new ArrayList<>();
    List<Integer> genders = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      for (Gender gender : Gender.values()) {
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
              Tensors.full(scope, Math.log(1 / 0.07)),
              Tensors.full(scope, Math.log(1 / 0.07)),
              emotions.stream().mapToInt(Integer::intValue).toArray(),
              genders.stream().mapToInt(Integer::intValue).toArray());
      collector.backward(loss);
      return loss.getFloat();
    }
  }
}
