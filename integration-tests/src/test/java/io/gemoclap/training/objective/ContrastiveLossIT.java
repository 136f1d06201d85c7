package io.gemoclap.training.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.blocks.Tensors;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ContrastiveLossIT {
  private static final int[] EMOTIONS = {0, 0, 1};
  private static final int[] GENDERS = {0, 1, 1};
  private static final float[] AUDIO_TO_TEXT = {2, 1, 0, 0, 1, -1, 1, 0, 3};
  private static final float[] TEXT_TO_AUDIO = {1, 0, 0, 2, 2, -1, 0, 1, 1};

  private NDManager manager;

  @BeforeEach
  void startsTheEngine() {
    TorchEngine.start();
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  }

  @AfterEach
  void closesTheManager() {
    manager.close();
  }

  private static ContrastiveLoss paper(Variant variant, double alpha) {
    return new ContrastiveLoss(variant, alpha, Targets.SOFTMAX);
  }

  private double ofLogits(
      ContrastiveLoss loss, float[] toText, float[] toAudio, int[] emotions, int[] genders) {
    int n = emotions.length;
    return loss.ofLogits(
            Tensors.floats(manager, toText, n, n),
            Tensors.floats(manager, toAudio, n, n),
            emotions,
            genders)
        .getFloat();
  }

  /** 64 pairs, 16 of each of four emotions, half of each men. */
  private static int[] sixtyFour(int classes) {
    int[] labels = new int[64];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % classes;
    }
    return labels;
  }

  private static float[] matches(int[] emotions, double alpha, int[] genders) {
    int n = emotions.length;
    float[] matches = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double emotion = emotions[i] == emotions[j] ? alpha : 0;
        matches[i * n + j] = (float) (emotion + (genders[i] == genders[j] ? 1 - alpha : 0));
      }
    }
    return matches;
  }

  @ParameterizedTest
  @CsvSource({"EMO,1", "SL,0.9", "SL,0.3"})
  void logitsThatEqualTheMatchesCostNothing(Variant variant, double alpha) {
    float[] c = matches(sixtyFour(4), alpha, sixtyFour(2));
    assertEquals(0, ofLogits(paper(variant, alpha), c, c, sixtyFour(4), sixtyFour(2)), 1e-6);
  }

  /** S(M) has e/Z for 16 and 1/Z for 48, Z = 16e + 48: entropy ln Z − 16e/Z = 4.04089. */
  @Test
  void constantLogitsCostTheLogarithmOfTheSizeLessTheTargetsEntropy() {
    float[] constant = new float[64 * 64];
    java.util.Arrays.fill(constant, 3);
    float[] c = matches(sixtyFour(4), 1, sixtyFour(2));
    ContrastiveLoss emo = paper(Variant.EMO, 1);
    int[] emotions = sixtyFour(4);
    int[] genders = sixtyFour(2);
    assertEquals(0.117995, ofLogits(emo, constant, constant, emotions, genders), 1e-5);
    assertEquals(0.117995 / 2, ofLogits(emo, constant, c, emotions, genders), 1e-5);
    assertEquals(0.117995 / 2, ofLogits(emo, c, constant, emotions, genders), 1e-5);
  }

  /**
   * Emotions 0 0 1, genders 0 1 1. A row of M_e is (1 1 0) or (0 0 1), of M_g (1 0 0) or (0 1 1).
   * For EMO the KL of the first direction is 0.1669369, of the second 0.1256144; for gender alone
   * the loss is 0.3593094, so ML = 0.75 · 0.1462756 + 0.25 · 0.3593094.
   */
  @ParameterizedTest
  @CsvSource({"EMO,0.1462756", "ML,0.1995341", "SL,0.1589299"})
  void softmaxTargetsByHand(Variant variant, double expected) {
    double loss = ofLogits(paper(variant, 0.75), AUDIO_TO_TEXT, TEXT_TO_AUDIO, EMOTIONS, GENDERS);
    assertEquals(expected, loss, 1e-6);
  }

  /**
   * Rows divided by their sums: (½ ½ 0) and (0 0 1) for emotion; zeros in a target cost nothing.
   */
  @ParameterizedTest
  @CsvSource({"EMO,0.3072741", "ML,0.4114408", "SL,0.2096876"})
  void rowTargetsByHand(Variant variant, double expected) {
    double loss =
        ofLogits(
            new ContrastiveLoss(variant, 0.75, Targets.ROW),
            AUDIO_TO_TEXT,
            TEXT_TO_AUDIO,
            EMOTIONS,
            GENDERS);
    assertEquals(expected, loss, 1e-6);
  }

  @Test
  void multiTaskLearningWeighsTheLossesOfBothTasks() {
    double emotion =
        ofLogits(paper(Variant.EMO, 1), AUDIO_TO_TEXT, TEXT_TO_AUDIO, EMOTIONS, GENDERS);
    double gender =
        ofLogits(paper(Variant.EMO, 1), AUDIO_TO_TEXT, TEXT_TO_AUDIO, GENDERS, EMOTIONS);
    for (double alpha : new double[] {0, 0.25, 0.9, 1}) {
      double both =
          ofLogits(paper(Variant.ML, alpha), AUDIO_TO_TEXT, TEXT_TO_AUDIO, EMOTIONS, GENDERS);
      assertEquals(alpha * emotion + (1 - alpha) * gender, both, 1e-6);
    }
  }

  @Test
  void withoutGenderAllVariantsAreOne() {
    double emotion =
        ofLogits(paper(Variant.EMO, 1), AUDIO_TO_TEXT, TEXT_TO_AUDIO, EMOTIONS, GENDERS);
    for (Variant variant : Variant.values()) {
      assertEquals(
          emotion,
          ofLogits(paper(variant, 1), AUDIO_TO_TEXT, TEXT_TO_AUDIO, EMOTIONS, GENDERS),
          1e-6);
    }
  }

  private static double[] random(int length, long seed) {
    return new SplittableRandom(seed).doubles(length, -0.6, 0.6).toArray();
  }

  private NDArray leaf(double[] values, long... shape) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    NDArray leaf = Tensors.floats(manager, floats, shape);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /** Central differences of the reference in all of audio, text, and both logarithms of scales. */
  @ParameterizedTest
  @EnumSource(Variant.class)
  void lossAndGradientsEqualTheReferences(Variant variant) {
    int[] emotions = {0, 1, 2, 0, 1};
    int[] genders = {0, 1, 1, 1, 0};
    // All inputs in a row: audio (5 × 4), text (5 × 4), ln ε_a, ln ε_t.
    double[] inputs = java.util.Arrays.copyOf(random(40, 2), 42);
    inputs[40] = 1.3;
    inputs[41] = 0.4;
    NDArray audio = leaf(java.util.Arrays.copyOfRange(inputs, 0, 20), 5, 4);
    NDArray text = leaf(java.util.Arrays.copyOfRange(inputs, 20, 40), 5, 4);
    NDArray logAudio = leaf(new double[] {inputs[40]});
    NDArray logText = leaf(new double[] {inputs[41]});
    ReferenceLoss reference = ReferenceLoss.of(variant, 0.7, emotions, genders);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss = paper(variant, 0.7).of(audio, text, logAudio, logText, emotions, genders);
      assertEquals(at(reference, inputs), loss.getFloat(), 1e-5);
      collector.backward(loss);
    }
    float[] gradients =
        Tensors.concat(
                0,
                audio.getGradient().reshape(20),
                text.getGradient().reshape(20),
                logAudio.getGradient().reshape(1),
                logText.getGradient().reshape(1))
            .toFloatArray();
    for (int i = 0; i < inputs.length; i++) {
      assertEquals(difference(reference, inputs, i), gradients[i], 1e-5, "input " + i);
    }
  }

  private static double at(ReferenceLoss reference, double[] inputs) {
    return reference.of(
        java.util.Arrays.copyOfRange(inputs, 0, 20),
        java.util.Arrays.copyOfRange(inputs, 20, 40),
        inputs[40],
        inputs[41]);
  }

  private static double difference(ReferenceLoss reference, double[] inputs, int i) {
    double step = 1e-5;
    double[] up = inputs.clone();
    double[] down = inputs.clone();
    up[i] += step;
    down[i] -= step;
    return (at(reference, up) - at(reference, down)) / (2 * step);
  }

  /** Loss and gradient with respect to ln ε_a. */
  private double[] atLogScale(double logScale) {
    NDArray scale = leaf(new double[] {logScale});
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss =
          paper(Variant.EMO, 1)
              .of(
                  leaf(random(12, 3), 3, 4),
                  leaf(random(12, 4), 3, 4),
                  scale,
                  leaf(new double[] {1}),
                  EMOTIONS,
                  GENDERS);
      collector.backward(loss);
      return new double[] {loss.getFloat(), scale.getGradient().getFloat()};
    }
  }

  @Test
  void scalesAreClampedToOneAndAHundred() {
    double hundred = Math.log(100);
    assertEquals(atLogScale(hundred)[0], atLogScale(hundred + 2)[0], 1e-4);
    assertEquals(atLogScale(0)[0], atLogScale(-3)[0], 1e-6);
    assertEquals(0, atLogScale(hundred + 2)[1]);
    assertEquals(0, atLogScale(-3)[1]);
    assertTrue(Math.abs(atLogScale(2)[1]) > 1e-3);
  }

  @ParameterizedTest
  @CsvSource({"-0.1", "1.1", "NaN"})
  void anAlphaOutsideZeroToOneIsRejected(double alpha) {
    assertThrows(IllegalArgumentException.class, () -> paper(Variant.ML, alpha));
  }
}
