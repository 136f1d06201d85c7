package io.gemoclap.training.fit;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.google.common.collect.Lists;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.training.objective.ContrastiveLoss;
import io.gemoclap.training.objective.Variant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a batch, in one pass or, for batches whose activations exceed the memory, in two
 * (gradient caching: Gao et al. 2021). The first of the two embeds micro-batches without a graph;
 * the loss over all N × N pairs then gives the gradient of each vector; the second embeds each
 * micro-batch again, with the same dropout, and carries its vectors' gradients back. Plain
 * accumulation would only ever compare the pairs within a micro-batch.
 *
 * <p>A voice branch learns gender alone, with the weight 1 − α beside the objective, which only the
 * part for emotion has.
 *
 * @param microBatch pairs in memory at once; 0 for one pass over the whole batch
 * @param distillation what else the text tower learns in each batch, or null
 * @param distillationWeight factor of its loss
 */
record BatchGradient(
    TwoTowers towers,
    TextTokenizer tokenizer,
    ContrastiveLoss objective,
    NDManager manager,
    int microBatch,
    @Nullable Distillation distillation,
    double distillationWeight) {
  /**
   * Adds the gradients of a batch to the parameters' gradients.
   *
   * @param seed of dropout
   * @return the loss
   */
  double backward(PairBatch batch, int seed) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
        NDManager scope = manager.newSubManager()) {
      if (microBatch == 0 || microBatch >= batch.size()) {
        TorchEngine.seed(seed);
        NDArray loss = loss(scope, towers.embedSpeech(scope, batch.speech(), true), batch);
        collector.backward(taught(scope, loss, seed));
        return loss.getFloat();
      }
      return twoPasses(collector, scope, batch, seed);
    }
  }

  /** The loss with that of the teacher. */
  private NDArray taught(NDManager scope, NDArray loss, int seed) {
    if (distillation == null) {
      return loss;
    }
    NDArray taught = distillation.loss(scope, towers, tokenizer, new SplittableRandom(seed));
    return loss.add(Tensors.scale(taught, distillationWeight));
  }

  private NDArray loss(NDManager scope, NDArray audio, PairBatch batch) {
    NDArray distinct = towers.embedText(scope, tokenizer.encode(batch.sentences()), true);
    NDArray text =
        Tensors.embedding(Tensors.longs(scope, batch.sentenceOf(), batch.size()), distinct);
    NDArray loss = loss(objective, towers.emotionPart(audio), text, batch);
    if (!towers.hasVoice()) {
      return loss;
    }
    ContrastiveLoss gender = new ContrastiveLoss(Variant.ML, 0, objective.targets());
    NDArray voice = loss(gender, towers.voicePart(audio), text, batch);
    return loss.add(Tensors.scale(voice, 1 - objective.alpha()));
  }

  private NDArray loss(ContrastiveLoss of, NDArray speech, NDArray text, PairBatch batch) {
    return of.of(
        speech,
        text,
        towers.logScaleAudio(),
        towers.logScaleText(),
        batch.emotions(),
        batch.genders());
  }

  private double twoPasses(
      GradientCollector collector, NDManager scope, PairBatch batch, int seed) {
    List<List<FeatureMatrix>> parts = Lists.partition(batch.speech(), microBatch);
    NDArray[] vectors = new NDArray[parts.size()];
    try (var off = Tensors.noGradient()) {
      for (int p = 0; p < parts.size(); p++) {
        try (NDManager inner = scope.newSubManager()) {
          vectors[p] = embed(inner, parts.get(p), seed + p);
          vectors[p].attach(scope);
        }
      }
    }
    NDArray audio = Tensors.concat(0, vectors).duplicate();
    audio.setRequiresGradient(true);
    TorchEngine.seed(seed - 1);
    NDArray loss = loss(scope, audio, batch);
    collector.backward(taught(scope, loss, seed));
    NDArray gradients = audio.getGradient();
    gradients.attach(scope);
    for (int p = 0; p < parts.size(); p++) {
      try (NDManager inner = scope.newSubManager()) {
        NDArray again = embed(inner, parts.get(p), seed + p);
        int from = p * microBatch;
        NDArray cached = gradients.get(from + ":" + (from + parts.get(p).size()));
        collector.backward(again.mul(cached).sum());
        cached.close();
      }
    }
    return loss.getFloat();
  }

  /** Embeds a part; equal seeds drop out the same units. */
  private NDArray embed(NDManager into, List<FeatureMatrix> part, int seed) {
    TorchEngine.seed(seed);
    return towers.embedSpeech(into, part, true);
  }
}
