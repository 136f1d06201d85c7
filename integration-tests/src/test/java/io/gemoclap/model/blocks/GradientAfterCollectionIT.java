package io.gemoclap.model.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.gemoclap.Exhaustive;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.Fixtures;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.TwoTowers;
import io.gemoclap.model.speech.SpeechConfig;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.training.objective.ContrastiveLoss;
import io.gemoclap.training.objective.Targets;
import io.gemoclap.training.objective.Variant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Guards against DJL's silent defect: a tensor made from Java data shares a buffer that dies with
 * its {@link NDArray}, and a gradient that needs it is then computed from whatever lies there.
 */
final class GradientAfterCollectionIT {
  private static final int FEW = 3;
  private static final int MANY = 20;
  private static final int SIZE = 50_000;
  private static final int[] EMOTIONS = {0, 1, 2, 0};
  private static final int[] GENDERS = {0, 1, 0, 1};

  @BeforeAll
  static void startsTheEngine() {
    TorchEngine.start();
  }

  /** Frees the buffers of closed arrays and puts other numbers where they were. */
  private static void collectAndReuseMemory() {
    List<ByteBuffer> reused = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      System.gc();
      pause();
      for (int i = 0; i < 12; i++) {
        for (int bytes : new int[] {4, 8, 64, 4 * SIZE}) {
          ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
          while (buffer.hasRemaining()) {
            buffer.put((byte) 0x42);
          }
          reused.add(buffer);
        }
      }
    }
    assertEquals(2 * 12 * 4, reused.size());
  }

  /** Buffers are freed by a thread of the JVM's own, a moment after the collection. */
  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static float[] ramp() {
    float[] ramp = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      ramp[i] = i % 97 - 48;
    }
    return ramp;
  }

  @Test
  void closedConstantsStillGiveTheRightGradient() {
    closeConstants(FEW);
  }

  @Exhaustive
  @Test
  void closedConstantsStillGiveTheRightGradientInManyRounds() {
    closeConstants(MANY);
  }

  private static void closeConstants(int rounds) {
    float[] factors = ramp();
    float[] expected = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      expected[i] = 2 * (3 * factors[i] + 5) * 3 * factors[i]; // at x = 1
    }
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      for (int round = 0; round < rounds; round++) {
        NDArray x = leaf(manager, SIZE);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
            NDManager scope = manager.newSubManager()) {
          // y = (3 f x + 5)²
          NDArray constant = Tensors.floats(scope, factors, SIZE);
          NDArray product = x.mul(constant);
          product.attach(scope);
          NDArray scaled = Tensors.scale(product, 3);
          NDArray shifted = Tensors.shift(scaled, 5);
          NDArray loss = shifted.mul(shifted).sum();
          List.of(constant, product, scaled, shifted).forEach(NDArray::close);
          collectAndReuseMemory();
          collector.backward(loss);
        }
        assertArrayEquals(expected, x.getGradient().toFloatArray(), 0.01f, "round " + round);
      }
    }
  }

  private static NDArray leaf(NDManager manager, long... shape) {
    NDArray leaf = Tensors.full(manager, 1, shape);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  @Test
  void closedIndicesStillSendTheGradientToTheRightRows() {
    closeIndices(FEW);
  }

  @Exhaustive
  @Test
  void closedIndicesStillSendTheGradientToTheRightRowsInManyRounds() {
    closeIndices(MANY);
  }

  private static void closeIndices(int rounds) {
    long[] rows = new long[SIZE / 10];
    float[] expected = new float[100];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % 7 == 0 ? 3 : i % 100;
      expected[(int) rows[i]] += 1;
    }
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      for (int round = 0; round < rounds; round++) {
        NDArray table = leaf(manager, 100, 1);
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
            NDManager scope = manager.newSubManager()) {
          NDArray indices = Tensors.longs(scope, rows, rows.length);
          NDArray loss = Tensors.embedding(indices, table).sum();
          indices.close();
          collectAndReuseMemory();
          collector.backward(loss);
        }
        assertArrayEquals(expected, table.getGradient().toFloatArray(), 0, "round " + round);
      }
    }
  }

  /** Weights after some steps of the whole model and objective. */
  private static Map<String, FloatTensor> train(AudioConfig audio, boolean disturbed)
      throws IOException {
    TorchEngine.seed(3);
    ContrastiveLoss objective = new ContrastiveLoss(Variant.ML, 0.8, Targets.SOFTMAX);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        TextTokenizer tokenizer = TextTokenizer.of(Fixtures.BPE)) {
      TwoTowers towers = Fixtures.towers(manager, audio, 3);
      for (int step = 1; step <= 5; step++) {
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
            NDManager scope = manager.newSubManager()) {
          NDArray speech = towers.embedSpeech(scope, speech(audio, step), true);
          NDArray text = towers.embedText(scope, tokenizer.encode(Fixtures.SENTENCES), true);
          NDArray loss =
              objective.of(
                  speech, text, towers.logScaleAudio(), towers.logScaleText(), EMOTIONS, GENDERS);
          if (disturbed) {
            collectAndReuseMemory();
          }
          collector.backward(loss);
        }
        update(manager, towers, step);
      }
      return towers.snapshot();
    }
  }

  private static List<FeatureMatrix> speech(AudioConfig audio, int seed) {
    return audio instanceof SpeechConfig
        ? Fixtures.waveforms(seed, 700, 90, 400, 1200)
        : Fixtures.speech(seed, 30, 7, 1, 12);
  }

  private static void update(NDManager manager, TwoTowers towers, int step) {
    try (var off = Tensors.noGradient();
        NDManager scope = manager.newSubManager()) {
      towers.named().values().stream()
          .filter(ai.djl.nn.Parameter::requiresGradient)
          .forEach(
              parameter -> {
                NDArray weight = parameter.getArray();
                NDArray gradient = weight.getGradient();
                gradient.attach(scope);
                NDArray mean = scope.zeros(weight.getShape());
                NDArray variance = scope.zeros(weight.getShape());
                Tensors.adamW(weight, gradient, mean, variance, step, 0.01, 0.01);
              });
    }
  }

  @Test
  void aDisturbedTrainingEndsWithTheVeryWeightsOfAnUndisturbedOne() throws IOException {
    assertUndisturbed(List.of(Fixtures.functionals()));
  }

  @Exhaustive
  @Test
  void aDisturbedTrainingOfEveryEncoderEndsWithTheVeryWeightsOfAnUndisturbedOne()
      throws IOException {
    assertUndisturbed(
        List.of(
            Fixtures.convolutions(),
            Fixtures.waveforms("wavlm-base"),
            Fixtures.waveforms("data2vec-audio-large")));
  }

  private static void assertUndisturbed(List<AudioConfig> encoders) throws IOException {
    for (AudioConfig audio : encoders) {
      Map<String, FloatTensor> calm = train(audio, false);
      Map<String, FloatTensor> disturbed = train(audio, true);
      calm.forEach(
          (name, tensor) ->
              assertArrayEquals(tensor.values(), disturbed.get(name).values(), 0, name));
    }
  }
}
