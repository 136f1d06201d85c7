package io.gemoclap.training.fit;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.training.augment.SpecAugment;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.example.Examples;
import io.gemoclap.training.objective.ContrastiveLoss;
import io.gemoclap.training.prompts.TaughtTexts;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Trains two towers on the training part of a fold, and can continue after a kill. Beam-free; one
 * at a time in a process, since DJL allows one gradient collector.
 *
 * <p>Every step draws its random numbers anew from seed and step, and every epoch its order from
 * seed and epoch: equal seeds give equal weights on equal hardware and libraries, with or without
 * interruption.
 */
public final class FoldTrainer implements AutoCloseable {
  /** Fewer than in the warm-up: here they only keep what it taught. */
  private static final int TAUGHT_TEXTS = 32;

  private final TrainConfig config;
  private final List<String> labels;
  private final Wordings wordings;
  private final Initialization initialization;
  private final NDManager manager;
  private Checkpoints checkpoints = new Checkpoints(null, Duration.ZERO);

  /**
   * A trainer.
   *
   * @param labels emotion labels of the corpus
   * @param initialization where the towers come from
   * @param gpu whether to train on the first GPU; without one the CPU serves, with a warning
   */
  public FoldTrainer(
      TrainConfig config,
      List<String> labels,
      Wordings wordings,
      Initialization initialization,
      boolean gpu) {
    this.config = config;
    this.labels = List.copyOf(labels);
    this.wordings = wordings;
    this.initialization = initialization;
    TorchEngine.start();
    this.manager = NDManager.newBaseManager(TorchEngine.device(gpu), "PyTorch");
  }

  /**
   * Keeps checkpoints in a folder, and continues from the newest one there.
   *
   * @param cadence least time from one to the next
   */
  public FoldTrainer withCheckpoints(Path folder, Duration cadence) {
    checkpoints = new Checkpoints(folder, cadence);
    return this;
  }

  /** Removes the checkpoints of a training that has ended well. */
  public void clearCheckpoints() throws IOException {
    checkpoints.clear();
  }

  /**
   * An epoch that is over.
   *
   * @param number from 1
   * @param loss mean over its batches
   * @param learningRate of its last step
   * @param audioSeconds seconds of speech that its batches held
   * @param wallSeconds how long it took, without judging
   */
  public record Epoch(
      int number, double loss, double learningRate, double audioSeconds, double wallSeconds) {}

  /** Judges the towers after each epoch. */
  public interface Judge {
    /**
     * The score that decides which epoch's weights are kept: the first of the highest.
     *
     * @return higher is better; NaN to keep the last epoch's
     */
    double judge(Epoch epoch, TwoTowers towers, TextTokenizer tokenizer) throws IOException;
  }

  /**
   * Trains to the end.
   *
   * @param utterances what {@code examples} are, for balance; each is one of these
   * @return the towers with the weights of the chosen epoch; they live until this is closed
   * @throws TrainingFailedException when the loss is no longer a number
   */
  public TwoTowers train(List<Utterance> utterances, Examples examples, Judge judge)
      throws IOException {
    Initialization.Initial initial = initialization.initial(manager, config, examples);
    TwoTowers towers = initial.towers();
    Map<String, Parameter> parameters = towers.named();
    parameters.keySet().retainAll(TrainedLayers.of(parameters.keySet(), config.topLayers()));
    towers.trainOnly(parameters.keySet());
    try (TextTokenizer tokenizer = initialization.tokenizer();
        AdamW optimizer =
            new AdamW(
                manager,
                parameters,
                config.optimization().weightDecay(),
                config.optimization().clipNorm());
        WeightAverage average = average(parameters)) {
      Loop loop =
          new Loop(
              towers, parameters.keySet(), tokenizer, optimizer, average, initial.specAugment());
      loop.run(utterances, examples, judge);
      return towers;
    }
  }

  private WeightAverage average(Map<String, Parameter> parameters) {
    double decay = config.optimization().averaging();
    return decay == 0 ? null : new WeightAverage(manager, parameters, decay);
  }

  /** What keeps a text tower from scratch close to its teacher, or null. */
  private @Nullable Distillation distillation() {
    return config.optimization().textTeacher() > 0
        ? new Distillation(TAUGHT_TEXTS, labels, wordings, TaughtTexts.load())
        : null;
  }

  /** The state of one training and what moves it. */
  private final class Loop {
    private final TwoTowers towers;
    private final Set<String> trained;
    private final TextTokenizer tokenizer;
    private final AdamW optimizer;
    private final WeightAverage average;
    private final SpecAugment specAugment;
    private final BatchGradient gradient;

    private int epoch = 1;
    private int batch;
    private int step;
    private double lossSum;
    private double bestScore = Double.NaN;
    private int bestEpoch;
    private Map<String, FloatTensor> chosen = Map.of();

    Loop(
        TwoTowers towers,
        Set<String> trained,
        TextTokenizer tokenizer,
        AdamW optimizer,
        WeightAverage average,
        SpecAugment specAugment) {
      this.towers = towers;
      this.trained = trained;
      this.tokenizer = tokenizer;
      this.optimizer = optimizer;
      this.average = average;
      this.specAugment = specAugment;
      TrainConfig.Objective objective = config.objective();
      this.gradient =
          new BatchGradient(
              towers,
              tokenizer,
              new ContrastiveLoss(objective.variant(), objective.alpha(), objective.targets()),
              manager,
              config.optimization().microBatch(),
              initialization instanceof FromScratch ? distillation() : null,
              config.optimization().textTeacher());
    }

    void run(List<Utterance> utterances, Examples examples, Judge judge) throws IOException {
      TrainConfig.Optimization optimization = config.optimization();
      int steps = Math.max(1, examples.size() / optimization.batchSize());
      Schedule schedule =
          new Schedule(optimization.epochs() * steps, optimization.warmup(), optimization.decay());
      Oversampling multiplicity = Oversampling.of(utterances, config.sampling().balance());
      goOn();
      while (epoch <= optimization.epochs() && !exhausted()) {
        Epoch over = runEpoch(examples, multiplicity, schedule, steps);
        judged(over, judge);
        epoch++;
        batch = 0;
        lossSum = 0;
        if (checkpoints.due()) {
          save();
        }
      }
      if (!chosen.isEmpty()) {
        towers.restore(manager, chosen);
      } else if (average != null) {
        towers.restore(manager, average.snapshot());
      }
    }

    private boolean exhausted() {
      int patience = config.optimization().patience();
      return patience > 0 && bestEpoch > 0 && epoch - 1 - bestEpoch >= patience;
    }

    private Epoch runEpoch(
        Examples examples, Oversampling multiplicity, Schedule schedule, int steps)
        throws IOException {
      long start = System.nanoTime();
      double seconds = 0;
      int position = 0;
      try (Batches batches =
          new Batches(
              examples,
              multiplicity,
              config.sampling(),
              config.optimization().batchSize(),
              new SplittableRandom(mix(config.seed(), -epoch)))) {
        while (batches.hasNext() && position < steps) {
          List<Example> drawn = batches.next();
          if (position++ < batch) {
            continue;
          }
          step(drawn, schedule.factor(step));
          seconds += drawn.stream().mapToDouble(Example::seconds).sum();
          batch = position;
          if (checkpoints.due()) {
            save();
          }
        }
      }
      return new Epoch(
          epoch,
          lossSum / Math.max(1, batch),
          schedule.factor(step - 1) * config.optimization().learningRate(),
          seconds,
          (System.nanoTime() - start) / 1e9);
    }

    private void step(List<Example> drawn, double factor) {
      SplittableRandom random = new SplittableRandom(mix(config.seed(), step));
      PairBatch pairs =
          PairBatch.draw(
              drawn, labels, wordings, config.objective().prompts(), specAugment, random);
      double loss = gradient.backward(pairs, random.nextInt());
      double norm = optimizer.step(name -> rate(name) * factor);
      step++;
      if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
        throw new TrainingFailedException(
            "The loss is %s and its gradient %s at step %s (epoch %s); lower the learning rate, or check for features that are not finite"
                .formatted(loss, norm, step, epoch));
      }
      lossSum += loss;
      if (average != null) {
        average.add(step);
      }
    }

    private double rate(String name) {
      TrainConfig.Optimization optimization = config.optimization();
      if (name.startsWith("text.")) {
        return epoch <= optimization.freezeTextEpochs() ? 0 : optimization.textLearningRate();
      }
      if (name.startsWith("audio.")) {
        return epoch <= optimization.freezeAudioEpochs() ? 0 : optimization.learningRate();
      }
      Double heads = optimization.headLearningRate();
      return heads == null ? optimization.learningRate() : heads;
    }

    /** Lets the judge see the weights that would be kept. */
    private void judged(Epoch over, Judge judge) throws IOException {
      Map<String, FloatTensor> own = average == null ? Map.of() : towers.snapshot(trained);
      if (average != null) {
        towers.restore(manager, average.snapshot());
      }
      double score = judge.judge(over, towers, tokenizer);
      if (score > bestScore || (Double.isNaN(bestScore) && !Double.isNaN(score))) {
        bestScore = score;
        bestEpoch = over.number();
        chosen = towers.snapshot(trained);
      }
      towers.restore(manager, own);
    }

    private void save() throws IOException {
      checkpoints.save(
          new Checkpoints.Content(
              new Checkpoints.State(
                  config, epoch, batch, step, lossSum, bestScore, bestEpoch, optimizer.updates()),
              towers.snapshot(trained),
              optimizer.moments(),
              average == null ? Map.of() : average.snapshot(),
              chosen));
    }

    private void goOn() throws IOException {
      Optional<Checkpoints.Content> found = checkpoints.newest(config);
      if (found.isEmpty()) {
        return;
      }
      Checkpoints.Content content = found.get();
      towers.restore(manager, content.weights());
      optimizer.restore(content.moments(), content.state().updates());
      if (average != null) {
        average.restore(content.average());
      }
      chosen = content.chosen();
      epoch = content.state().epoch();
      batch = content.state().batch();
      step = content.state().step();
      lossSum = content.state().lossSum();
      bestScore = content.state().bestScore();
      bestEpoch = content.state().bestEpoch();
    }
  }

  /** A well-spread seed for one of many streams of random numbers. */
  private static long mix(long seed, long stream) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + stream).nextLong();
  }

  @Override
  public void close() {
    manager.close();
  }
}
