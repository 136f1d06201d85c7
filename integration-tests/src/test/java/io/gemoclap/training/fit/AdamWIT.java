package io.gemoclap.training.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.blocks.NamedBlock;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.weights.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AdamWIT {
  private static final double DECAY = 0.1;
  private static final double RATE = 0.01;
  private static final double TEXT_RATE = 0.002;
  private static final String[] NAMES = {"matrix", "vector", "scalar", "text.matrix"};

  /** Gradients of the values of each step; the second is far larger. */
  private static final float[][] GRADIENTS = {
    {0.3f, -0.2f, 0.01f, 0, 0.5f, -0.7f, 0.2f, 1e-3f},
    {-4, 9, 3, 2, -6, 8, 7, 5},
    {0.1f, 0.1f, -0.3f, 0.2f, 0, 0.4f, -0.1f, 0.6f}
  };

  private static final class Toy extends NamedBlock {
    Toy() {
      parameter("matrix", Start.ZEROS, 2, 2);
      parameter("vector", Start.ZEROS, 2);
      parameter("scalar", Start.ZEROS);
      parameter("text.matrix", Start.ZEROS, 1, 1);
    }
  }

  private static final float[] START = {1, -2, 0.5f, 3, -0.4f, 0.25f, 2, -1.5f};

  private NDManager manager;
  private Toy toy;

  @BeforeEach
  void initializesTheWeights() {
    TorchEngine.start();
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    toy = new Toy();
    toy.initialize(manager, 1);
    Map<String, FloatTensor> start = new LinkedHashMap<>();
    start.put("matrix", new FloatTensor(new float[] {1, -2, 0.5f, 3}, new long[] {2, 2}));
    start.put("vector", new FloatTensor(new float[] {-0.4f, 0.25f}, new long[] {2}));
    start.put("scalar", new FloatTensor(new float[] {2}, new long[0]));
    start.put("text.matrix", new FloatTensor(new float[] {-1.5f}, new long[] {1, 1}));
    toy.restore(manager, start);
  }

  @AfterEach
  void closesTheManager() {
    manager.close();
  }

  /** A loss whose gradient is what is given: the sum of each weight times it. */
  private void backward(float[] gradients) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector();
        NDManager scope = manager.newSubManager()) {
      NDArray loss = Tensors.full(scope, 0);
      int at = 0;
      for (String name : NAMES) {
        NDArray weight = toy.named().get(name).getArray();
        int size = Math.toIntExact(weight.size());
        float[] part = java.util.Arrays.copyOfRange(gradients, at, at + size);
        at += size;
        NDArray factors = Tensors.floats(scope, part, weight.getShape().getShape());
        loss = loss.add(factors.mul(weight).sum());
      }
      collector.backward(loss);
    }
  }

  /** Loshchilov and Hutter's algorithm 2 in doubles, as PyTorch writes it. */
  private static double[] reference(double clipNorm) {
    double[] w = new double[START.length];
    double[] m = new double[START.length];
    double[] v = new double[START.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = START[i];
    }
    for (int step = 1; step <= GRADIENTS.length; step++) {
      double squares = 0;
      for (float g : GRADIENTS[step - 1]) {
        squares += (double) g * g;
      }
      double factor = Math.min(1, clipNorm / Math.sqrt(squares));
      for (int i = 0; i < w.length; i++) {
        boolean matrix = i < 4 || i == 7;
        double rate = i == 7 ? TEXT_RATE : RATE;
        double g = GRADIENTS[step - 1][i] * factor;
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        double mean = m[i] / (1 - Math.pow(0.9, step));
        double variance = v[i] / (1 - Math.pow(0.999, step));
        w[i] -= rate * (matrix ? DECAY : 0) * w[i];
        w[i] -= rate * mean / (Math.sqrt(variance) + 1e-8);
      }
    }
    return w;
  }

  private double[] threeSteps(double clipNorm) {
    try (AdamW optimizer = new AdamW(manager, toy.named(), DECAY, clipNorm)) {
      for (float[] gradients : GRADIENTS) {
        backward(gradients);
        optimizer.step(name -> name.startsWith("text.") ? TEXT_RATE : RATE);
      }
    }
    double[] weights = new double[START.length];
    int at = 0;
    for (FloatTensor tensor : toy.snapshot().values()) {
      for (float value : tensor.values()) {
        weights[at++] = value;
      }
    }
    return weights;
  }

  private static void assertClose(double[] expected, double[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 2e-6, "weight " + i);
    }
  }

  @Test
  void threeStepsFollowTheFormulaWithDecayOfMatricesAlone() {
    assertClose(reference(1e9), threeSteps(1e9));
  }

  /** Only the second step exceeds the norm; after the first, clipping no longer cancels out. */
  @Test
  void gradientsAreClippedByTheNormOfAllOfThemTogether() {
    assertClose(reference(2), threeSteps(2));
    assertTrue(Math.abs(reference(2)[0] - reference(1e9)[0]) > 1e-3);
  }

  @Test
  void aStepClearsTheGradient() {
    try (AdamW optimizer = new AdamW(manager, toy.named(), DECAY, 1e9)) {
      backward(GRADIENTS[0]);
      optimizer.step(name -> name.startsWith("text.") ? TEXT_RATE : RATE);
      try (NDArray gradient = toy.named().get("matrix").getArray().getGradient()) {
        assertEquals(0, gradient.abs().sum().getFloat());
      }
    }
  }

  @Test
  void frozenParametersStay() {
    toy.named().get("vector").freeze(true);
    threeSteps(1e9);
    float[] vector = toy.snapshot().get("vector").values();
    assertEquals(-0.4f, vector[0]);
    assertEquals(0.25f, vector[1]);
  }
}
