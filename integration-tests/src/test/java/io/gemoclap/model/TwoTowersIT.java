package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.text.TextTokenizer;
import io.gemoclap.model.text.TokenBatch;
import io.gemoclap.model.weights.FloatTensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TwoTowersIT {
  private static final double TOLERANCE = 1e-4;

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

  private float[] speech(TwoTowers towers, List<FeatureMatrix> batch) {
    try (NDManager scope = manager.newSubManager()) {
      return towers.embedSpeech(scope, batch, false).toFloatArray();
    }
  }

  private void assertEachAloneIsAsInTheBatch(TwoTowers towers, List<FeatureMatrix> batch) {
    float[] together = speech(towers, batch);
    for (int i = 0; i < batch.size(); i++) {
      float[] alone = speech(towers, List.of(batch.get(i)));
      for (int d = 0; d < Fixtures.DIMS; d++) {
        assertEquals(alone[d], together[i * Fixtures.DIMS + d], TOLERANCE, "item " + i);
      }
    }
    assertFalse(
        Math.abs(together[0] - together[Fixtures.DIMS]) < TOLERANCE, "items are all the same");
  }

  @Test
  void statisticsOfASegmentDoNotDependOnTheBatch() {
    TwoTowers towers = Fixtures.towers(manager, Fixtures.functionals(), 1);
    assertEachAloneIsAsInTheBatch(towers, Fixtures.speech(2, 1, 1, 1, 1, 1, 1, 1));
    assertEachAloneIsAsInTheBatch(towers, Fixtures.speech(3, 1, 7, 2));
  }

  @Test
  void framesOfASegmentDoNotDependOnFarLongerNeighbours() {
    TwoTowers towers = Fixtures.towers(manager, Fixtures.convolutions(), 1);
    assertEachAloneIsAsInTheBatch(towers, Fixtures.speech(2, 1, 400, 3, 57, 12));
  }

  @ParameterizedTest
  @MethodSource("io.gemoclap.model.speech.SpeechFixtures#kinds")
  void waveformsDoNotDependOnFarLongerNeighbours(String kind) {
    TwoTowers towers = Fixtures.towers(manager, Fixtures.waveforms(kind), 1);
    assertEachAloneIsAsInTheBatch(towers, Fixtures.waveforms(2, 50, 4_000, 93, 900, 400, 401));
  }

  @Test
  void aWaveformThatIsTooShortIsRejected() {
    TwoTowers towers = Fixtures.towers(manager, Fixtures.waveforms("wavlm-base"), 1);
    List<FeatureMatrix> batch = Fixtures.waveforms(2, 400, 10);
    String message =
        assertThrows(IllegalArgumentException.class, () -> speech(towers, batch)).getMessage();
    assertTrue(message.contains("at least 30 samples, not 1 and 10"), message);
  }

  @Test
  void standardizationOfPaddingDoesNotLeakIntoSpeech() {
    TwoTowers towers = Fixtures.towers(manager, Fixtures.convolutions(), 1);
    float[] means = new float[Fixtures.COLUMNS];
    float[] scales = new float[Fixtures.COLUMNS];
    java.util.Arrays.fill(means, 0.7f);
    java.util.Arrays.fill(scales, 2f);
    towers.standardize(manager, means, scales);
    assertEachAloneIsAsInTheBatch(towers, Fixtures.speech(2, 5, 90, 31));
  }

  @Test
  void sentencesDoNotDependOnTheirPadding() throws IOException {
    TwoTowers towers = Fixtures.towers(manager, Fixtures.functionals(), 1);
    try (TextTokenizer tokenizer = TextTokenizer.of(Fixtures.BPE)) {
      float[] together =
          towers.embedText(manager, tokenizer.encode(Fixtures.SENTENCES), false).toFloatArray();
      for (int i = 0; i < Fixtures.SENTENCES.size(); i++) {
        TokenBatch single = tokenizer.encode(List.of(Fixtures.SENTENCES.get(i)));
        float[] alone = towers.embedText(manager, single, false).toFloatArray();
        for (int d = 0; d < Fixtures.DIMS; d++) {
          assertEquals(alone[d], together[i * Fixtures.DIMS + d], TOLERANCE);
        }
      }
    }
  }

  @Test
  void vectorsHaveUnitLength() {
    TwoTowers towers = Fixtures.towers(manager, Fixtures.convolutions(), 1);
    NDArray vectors = towers.embedSpeech(manager, Fixtures.speech(4, 9, 80, 30), false);
    for (float length : vectors.mul(vectors).sum(new int[] {1}).toFloatArray()) {
      assertEquals(1, length, 1e-5);
    }
  }

  @Test
  void dropoutActsInTrainingAlone() {
    TwoTowers towers = Fixtures.towers(manager, Fixtures.functionals(), 1);
    List<FeatureMatrix> batch = Fixtures.speech(5, 1, 1);
    assertArrayEquals(speech(towers, batch), speech(towers, batch), 0);
    float[] trained = towers.embedSpeech(manager, batch, true).toFloatArray();
    float[] again = towers.embedSpeech(manager, batch, true).toFloatArray();
    assertFalse(java.util.Arrays.equals(trained, again));
  }

  @Test
  void parametersCarryTheNamesOfHuggingFace() {
    Set<String> names = Fixtures.towers(manager, Fixtures.functionals(), 1).named().keySet();
    assertTrue(
        names.containsAll(
            List.of(
                "text.embeddings.word_embeddings.weight",
                "text.embeddings.position_embeddings.weight",
                "text.embeddings.token_type_embeddings.weight",
                "text.embeddings.LayerNorm.bias",
                "text.encoder.layer.0.attention.self.query.weight",
                "text.encoder.layer.1.attention.output.LayerNorm.weight",
                "text.encoder.layer.1.intermediate.dense.bias",
                "text.encoder.layer.0.output.dense.weight",
                "audio.standardize.mean",
                "heads.audio.0.weight",
                "heads.text.2.bias",
                "logit_scale_audio",
                "logit_scale_text")),
        names::toString);
  }

  @Test
  void theSeedDecidesTheWeights() {
    Map<String, FloatTensor> one = Fixtures.towers(manager, Fixtures.functionals(), 7).snapshot();
    Map<String, FloatTensor> same = Fixtures.towers(manager, Fixtures.functionals(), 7).snapshot();
    Map<String, FloatTensor> other = Fixtures.towers(manager, Fixtures.functionals(), 8).snapshot();
    String name = "heads.audio.0.weight";
    assertArrayEquals(one.get(name).values(), same.get(name).values(), 0);
    assertFalse(java.util.Arrays.equals(one.get(name).values(), other.get(name).values()));
    assertEquals(Math.log(1 / 0.07), one.get("logit_scale_audio").values()[0], 1e-6);
  }

  @Test
  void loadingNamesEveryTensorThatDoesNotFit() {
    TwoTowers towers = Fixtures.towers(manager, Fixtures.functionals(), 1);
    Map<String, FloatTensor> weights = towers.snapshot();
    weights.remove("heads.text.0.bias");
    weights.put("text.pooler.dense.weight", new FloatTensor(new float[1], new long[] {1}));
    weights.put("logit_scale_text", new FloatTensor(new float[2], new long[] {2}));
    String message =
        assertThrows(IllegalArgumentException.class, () -> towers.load(manager, weights))
            .getMessage();
    assertTrue(message.contains("missing heads.text.0.bias"), message);
    assertTrue(message.contains("surplus text.pooler.dense.weight"), message);
    assertTrue(message.contains("logit_scale_text is (2) instead of ()"), message);
  }
}
