package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against transformers in Python; {@code oracle/golden-speech.py} wrote the files. */
final class SpeechParityIT {
  private static final double TOLERANCE = 1e-4;
  private static final String KINDS = "io.gemoclap.model.SpeechFixtures#kinds";

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

  @ParameterizedTest
  @MethodSource(KINDS)
  void everyLayerEqualsThatOfTransformers(String kind) throws IOException {
    SpeechEncoder encoder = SpeechFixtures.encoder(manager, kind);
    Map<String, FloatTensor> golden =
        Safetensors.read(SpeechFixtures.golden(kind + "/golden.safetensors"));
    List<FeatureMatrix> clips = SpeechFixtures.clips();
    double worst = 0;
    for (int i = 0; i < clips.size(); i++) {
      List<float[]> states = new ArrayList<>();
      List<FeatureMatrix> alone = clips.subList(i, i + 1);
      try (var off = Tensors.noGradient();
          NDManager scope = manager.newSubManager()) {
        states.add(
            encoder.encode(scope, alone, false, s -> states.add(s.toFloatArray())).toFloatArray());
        states.add(encoder.forward(scope, alone, false).toFloatArray());
      }
      int layers = states.size() - 3;
      for (int layer = 0; layer <= layers; layer++) {
        worst = Math.max(worst, difference(golden.get(i + ".state." + layer), states.get(layer)));
      }
      worst = Math.max(worst, difference(golden.get(i + ".last"), states.get(layers + 1)));
      worst = Math.max(worst, difference(golden.get(i + ".pooled"), states.get(layers + 2)));
    }
    System.out.printf("%s: max difference to transformers %.1e%n", kind, worst);
    assertTrue(worst <= TOLERANCE, kind + " differs by " + worst);
  }

  private static double difference(FloatTensor expected, float[] actual) {
    assertEquals(expected.values().length, actual.length);
    double worst = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs(expected.values()[i] - actual[i]);
      worst = difference <= worst ? worst : difference; // NaN counts as worst
    }
    return worst;
  }

  @ParameterizedTest
  @MethodSource(KINDS)
  void aPaddedRowEqualsItsUnpaddedResult(String kind) throws IOException {
    SpeechEncoder encoder = SpeechFixtures.encoder(manager, kind);
    List<FeatureMatrix> clips = SpeechFixtures.clips();
    int dims = encoder.outputSize();
    try (var off = Tensors.noGradient();
        NDManager scope = manager.newSubManager()) {
      float[] together = encoder.forward(scope, clips, false).toFloatArray();
      for (int i = 0; i < clips.size(); i++) {
        float[] alone = encoder.forward(scope, clips.subList(i, i + 1), false).toFloatArray();
        float[] row = Arrays.copyOfRange(together, i * dims, (i + 1) * dims);
        assertArrayEquals(alone, row, (float) TOLERANCE, "clip " + i);
      }
    }
  }

  @Test
  void aPassLeavesNothingBehind() throws IOException {
    SpeechEncoder encoder = SpeechFixtures.encoder(manager, "wavlm-base");
    List<FeatureMatrix> clips = SpeechFixtures.clips();
    int before = manager.getManagedArrays().size();
    try (var off = Tensors.noGradient();
        NDManager scope = manager.newSubManager()) {
      encoder.forward(scope, clips, false);
      // The result, the masks, and WavLM's positions.
      assertTrue(scope.getManagedArrays().size() <= 12, scope.getManagedArrays()::toString);
    }
    assertEquals(before, manager.getManagedArrays().size());
  }
}
