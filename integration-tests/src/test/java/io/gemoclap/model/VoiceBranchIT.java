package io.gemoclap.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gemoclap.UntrainedBundle;
import io.gemoclap.embed.SelfCheck;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.model.audio.CompactConfig;
import io.gemoclap.model.audio.FunctionalsEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second branch of the audio tower, which hears the absolute voice. */
final class VoiceBranchIT {
  private static final int HALF = Fixtures.COLUMNS;
  private static final CompactConfig AUDIO =
      new CompactConfig(FunctionalsEncoder.KIND, HALF, 32, 2, 0.1, 0.1, 8);

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

  private static FeatureMatrix joined(FeatureMatrix first, FeatureMatrix second) {
    float[] values = new float[first.frames() * 2 * HALF];
    for (int frame = 0; frame < first.frames(); frame++) {
      System.arraycopy(first.values(), frame * HALF, values, frame * 2 * HALF, HALF);
      System.arraycopy(second.values(), frame * HALF, values, frame * 2 * HALF + HALF, HALF);
    }
    return FeatureMatrix.of(first.frames(), 2 * HALF, values);
  }

  private float[] embed(TwoTowers towers, FeatureMatrix matrix) {
    try (NDManager scope = manager.newSubManager()) {
      return towers.embedSpeech(scope, List.of(matrix), false).toFloatArray();
    }
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  @Test
  void eachPartOfTheVectorDependsOnItsOwnHalfOfTheFeaturesAlone() {
    TwoTowers towers = Fixtures.towers(manager, AUDIO, 1);
    List<FeatureMatrix> clips = Fixtures.speech(2, 3, 3, 3);
    float[] vector = embed(towers, joined(clips.get(0), clips.get(1)));
    float[] otherVoice = embed(towers, joined(clips.get(0), clips.get(2)));
    float[] otherEmotion = embed(towers, joined(clips.get(2), clips.get(1)));

    assertEquals(2 * Fixtures.DIMS, vector.length);
    assertEquals(1, length(vector), 1e-5);
    float[] emotion = SpeechParts.emotion(vector, Fixtures.DIMS);
    float[] voice = SpeechParts.voice(vector, Fixtures.DIMS);
    assertEquals(1, length(emotion), 1e-5);
    assertEquals(1, length(voice), 1e-5);
    assertArrayEquals(emotion, SpeechParts.emotion(otherVoice, Fixtures.DIMS), 1e-5f);
    assertArrayEquals(voice, SpeechParts.voice(otherEmotion, Fixtures.DIMS), 1e-5f);
    assertFalse(Arrays.equals(voice, SpeechParts.voice(otherVoice, Fixtures.DIMS)));
    assertFalse(Arrays.equals(emotion, SpeechParts.emotion(otherEmotion, Fixtures.DIMS)));
  }

  @Test
  void aModelWithoutTheBranchHasOnePart() {
    float[] vector = {0.6f, 0.8f};
    assertEquals(vector, SpeechParts.emotion(vector, 2));
    assertEquals(vector, SpeechParts.voice(vector, 2));
  }

  @Test
  void anOddNumberOfColumnsIsRejected() {
    TwoTowers towers = Fixtures.towers(manager, AUDIO, 1);
    FeatureMatrix odd = FeatureMatrix.of(1, 7, new float[7]);
    String message =
        assertThrows(IllegalArgumentException.class, () -> embed(towers, odd)).getMessage();
    assertTrue(message.contains("two halves"), message);
  }

  @Test
  void aBundleKeepsTheBranch(@TempDir Path folder) throws IOException {
    ModelBundle bundle = ModelBundle.open(UntrainedBundle.hierarchical(folder.resolve("bundle")));
    assertEquals(2 * bundle.manifest().dims(), bundle.manifest().speechDims());
    try (GEmoClap model = GEmoClap.load(bundle)) {
      SelfCheck.run(model);
    }
  }
}
