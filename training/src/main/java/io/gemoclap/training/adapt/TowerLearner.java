package io.gemoclap.training.adapt;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.google.common.collect.Lists;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.Embedder;
import io.gemoclap.model.Exemplars;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.training.fit.AdamW;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The towers of a bundle. What is learned is the cross-entropy of softmax(ε<sub>a</sub> · cosines
 * with the labels' vectors): the objective of training with the sentences of the labels in place of
 * those of a batch. The text tower and the branch for the voice stay as they are, so every other
 * label keeps its vector.
 */
final class TowerLearner implements Learner, AutoCloseable {
  private static final int BATCH = 64;
  private static final double CLIP_NORM = 5;

  private final AdaptSettings settings;
  private final List<String> labels;
  private final List<Exemplars.Exemplar> exemplars;
  private final NDManager manager;
  private final TwoTowers towers;
  private final Map<String, Parameter> trained = new LinkedHashMap<>();
  private final Map<String, FloatTensor> parent;
  private final float[][] vectors;

  /**
   * Loads a bundle.
   *
   * @param labels those of the adapted model
   * @param exemplars of the bundle's training data, with these labels; none if it keeps none
   */
  TowerLearner(
      ModelBundle bundle,
      List<String> labels,
      List<Exemplars.Exemplar> exemplars,
      AdaptSettings settings)
      throws IOException {
    TorchEngine.start();
    this.settings = settings;
    this.labels = List.copyOf(labels);
    this.exemplars = List.copyOf(exemplars);
    manager = NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch");
    try (TextTokenizer tokenizer = bundle.tokenizer()) {
      towers = TwoTowers.of(manager, bundle);
      towers
          .named()
          .forEach(
              (name, parameter) -> {
                if (settings.part().holds(name) && parameter.requiresGradient()) {
                  trained.put(name, parameter);
                }
              });
      parent = towers.snapshot(trained.keySet());
      vectors =
          LabelVectors.of(
              new Embedder(towers, tokenizer, manager), this.labels, bundle.manifest().templates());
    } catch (IOException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** The towers with the present weights. */
  TwoTowers towers() {
    return towers;
  }

  @Override
  public void reset() {
    towers.restore(manager, parent);
  }

  @Override
  public void fit(List<Clip> clips) {
    reset();
    List<FeatureMatrix> features = new ArrayList<>();
    List<Integer> truths = new ArrayList<>();
    for (Clip clip : clips) {
      features.add(clip.features());
      truths.add(labels.indexOf(clip.label()));
    }
    for (Exemplars.Exemplar exemplar : exemplars) {
      features.add(exemplar.features());
      truths.add(labels.indexOf(exemplar.label()));
    }
    float[] weights = weights(truths, clips.size());
    towers.trainOnly(trained.keySet());
    try (NDManager scope = manager.newSubManager();
        AdamW optimizer = new AdamW(scope, trained, 0, CLIP_NORM)) {
      NDArray target = Tensors.floats(scope, weights, truths.size(), labels.size());
      NDArray text = Tensors.floats(scope, flat(vectors), labels.size(), vectors[0].length);
      Map<String, NDArray> start = new HashMap<>();
      parent.forEach(
          (name, tensor) ->
              start.put(name, Tensors.floats(scope, tensor.values(), tensor.shape())));
      for (int step = 0; step < settings.steps(); step++) {
        backward(features, target, text, start, step);
        double rate =
            settings.learningRate() * 0.5 * (1 + Math.cos(Math.PI * step / settings.steps()));
        optimizer.step(name -> rate);
      }
    } finally {
      towers.trainOnly(Set.of());
    }
  }

  private void backward(
      List<FeatureMatrix> features,
      NDArray target,
      NDArray text,
      Map<String, NDArray> start,
      int step) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
        NDManager scope = manager.newSubManager()) {
      TorchEngine.seed((int) (settings.seed() + step));
      NDArray speech = towers.emotionPart(towers.embedSpeech(scope, features, true));
      NDArray logits = Tensors.scale(speech.matMul(text.transpose()), towers.scaleAudio());
      NDArray loss = Tensors.scale(logits.logSoftmax(1).mul(target).sum(), -1);
      for (Map.Entry<String, Parameter> each : trained.entrySet()) {
        NDArray moved = each.getValue().getArray().sub(start.get(each.getKey()));
        moved.attach(scope);
        loss = loss.add(Tensors.scale(moved.mul(moved).sum(), settings.keepWeight() / 2));
      }
      collector.backward(loss);
    }
  }

  /**
   * A row for each example with its weight in the column of its label. Labels weigh the same among
   * the clips, and among the exemplars.
   *
   * @param clips how many of the examples, the first, are clips
   */
  private float[] weights(List<Integer> truths, int clips) {
    float[] weights = new float[truths.size() * labels.size()];
    add(weights, truths, 0, clips, 1);
    add(weights, truths, clips, truths.size(), settings.exemplarWeight());
    return weights;
  }

  private void add(float[] weights, List<Integer> truths, int from, int to, double sum) {
    int[] counts = new int[labels.size()];
    int present = 0;
    for (int i = from; i < to; i++) {
      present += counts[truths.get(i)]++ == 0 ? 1 : 0;
    }
    for (int i = from; i < to; i++) {
      int truth = truths.get(i);
      weights[i * labels.size() + truth] = (float) (sum / present / counts[truth]);
    }
  }

  @Override
  public double[][] logits(List<FeatureMatrix> features) {
    double scale = towers.scaleAudio();
    List<double[]> rows = new ArrayList<>();
    try (var off = Tensors.noGradient()) {
      for (List<FeatureMatrix> batch : Lists.partition(features, BATCH)) {
        try (NDManager scope = manager.newSubManager()) {
          float[] speech =
              Tensors.values(towers.emotionPart(towers.embedSpeech(scope, batch, false)));
          int dims = speech.length / batch.size();
          for (int i = 0; i < batch.size(); i++) {
            double[] row = new double[labels.size()];
            for (int c = 0; c < row.length; c++) {
              for (int d = 0; d < dims; d++) {
                row[c] += scale * speech[i * dims + d] * vectors[c][d];
              }
            }
            rows.add(row);
          }
        }
      }
    }
    return rows.toArray(double[][]::new);
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return flat;
  }

  @Override
  public void close() {
    manager.close();
  }
}
