package io.gemoclap.model.speech;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureExtractor;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.model.TorchEngine;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.text.Parity;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.model.weights.Safetensors;
import java.io.IOException;
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
  private static final String KINDS = "io.gemoclap.model.speech.SpeechFixtures#kinds";

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
    double worst = Parity.speech(manager, encoder, SpeechFixtures.clips(), golden);
    System.out.printf("%s: max difference to transformers %.1e%n", kind, worst);
    assertTrue(worst <= Parity.TOLERANCE, kind + " differs by " + worst);
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
        assertArrayEquals(alone, row, (float) Parity.TOLERANCE, "clip " + i);
      }
    }
  }

  @Test
  void waveformsAreNormalizedAsTransformersDoes() throws IOException {
    FeatureExtractor extractor = FeatureSpec.waveform().extractor();
    Map<String, FloatTensor> clips = Safetensors.read(SpeechFixtures.golden("clips.safetensors"));
    int compared = 0;
    for (int i = 0; i < SpeechFixtures.CLIPS; i++) {
      float[] raw = clips.get("raw." + i).values();
      if (raw.length >= extractor.minSamples()) {
        float[] expected = clips.get("normalized." + i).values();
        assertArrayEquals(expected, extractor.extract(raw).values(), 1e-5f);
        compared++;
      }
    }
    assertEquals(3, compared);
  }

  @Test
  void aPassFreesAllTensors() throws IOException {
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
