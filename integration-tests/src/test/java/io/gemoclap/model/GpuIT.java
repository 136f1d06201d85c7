package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.ReferenceClip;
import io.gemoclap.model.blocks.Tensors;
import io.gemoclap.model.speech.SpeechEncoder;
import io.gemoclap.model.speech.SpeechFixtures;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first GPU beside the CPU; skipped where PyTorch sees no GPU. */
final class GpuIT {
  private Device gpu;

  @BeforeEach
  void findGpu() {
    gpu = TorchEngine.device(true);
    assumeTrue(gpu.isGpu(), "PyTorch sees no GPU");
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theBundledModelGivesTheVectorsOfTheCpu(Precision precision) throws IOException {
    ModelBundle bundle = Bundles.open(Bundles.BUNDLED);
    ModelManifest manifest = bundle.manifest();
    List<FeatureMatrix> clips =
        List.of(
            ReferenceClip.features(manifest.featureSpec(), manifest.normalization(), 1),
            ReferenceClip.features(manifest.featureSpec(), manifest.normalization(), 3));
    try (GEmoClap here = GEmoClap.load(bundle);
        GEmoClap there = GEmoClap.load(bundle, gpu, precision)) {
      assertNear(here.embedSpeech(clips), there.embedSpeech(clips), precision);
      assertNear(here.embedText(manifest.labels()), there.embedText(manifest.labels()), precision);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wav2vec2-base", "wavlm-base", "wavlm-large", "data2vec-audio-base"})
  void speechTowersGiveTheVectorsOfTheCpu(String kind) throws IOException {
    assertNear(
        new float[][] {vectors(kind, Device.cpu())},
        new float[][] {vectors(kind, gpu)},
        Precision.FP32);
  }

  @Test
  void aBatchThatExceedsTheMemoryFailsAndASmallerOneWorks() {
    try (NDManager manager = NDManager.newBaseManager(gpu, "PyTorch")) {
      long tooMuch = 1L << 50;
      assertThrows(EngineException.class, () -> Tensors.full(manager, 1, tooMuch));
      assertArrayEquals(new float[] {1, 1}, Tensors.values(Tensors.full(manager, 1, 2)));
    }
  }

  private static float[] vectors(String kind, Device device) throws IOException {
    FeatureSpec spec = FeatureSpec.waveform(true);
    List<FeatureMatrix> clips =
        List.of(ReferenceClip.features(spec, null, 1), ReferenceClip.features(spec, null, 2));
    try (var off = Tensors.noGradient();
        NDManager manager = NDManager.newBaseManager(device, "PyTorch")) {
      SpeechEncoder encoder = SpeechFixtures.encoder(manager, kind);
      return Tensors.values(Tensors.unit(encoder.forward(manager, clips, false)));
    }
  }

  private static void assertNear(float[][] expected, float[][] actual, Precision precision) {
    double tolerance = KnownAnswer.tolerance(precision, true);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], (float) tolerance);
    }
  }
}
